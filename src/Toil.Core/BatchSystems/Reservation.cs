namespace Toil.BatchSystems;

/// <summary>
/// Room kept for a shape that was passed over too often. Others still start beside it as long as all that started since
/// leaves enough of the machine: it begins at the latest when what ran before has ended.
/// </summary>
internal sealed class Reservation(QueuedShape shape, ResourceAmount capacity, long since)
{
    private readonly ResourceAmount _beside = capacity - shape.Amount;
    private ResourceAmount _started;

    public QueuedShape Shape => shape;

    public bool Allows(ResourceAmount amount) => (_started + amount).FitsIn(_beside);

    public void Started(ResourceAmount amount) => _started += amount;

    /// <param name="amount">What is free again.</param>
    /// <param name="start">The number of its start.</param>
    public void Ended(ResourceAmount amount, long start) => _started -= start > since ? amount : default;
}
