namespace Toil.BatchSystems;

/// <summary>A scheduler will never take some jobs. They fail with this message, without another try.</summary>
/// <param name="names">Their <see cref="BatchJob.Name"/>s.</param>
/// <param name="message">What the scheduler says, and what could be done.</param>
public sealed class BatchJobRejectedException(IReadOnlyCollection<string> names, string message) : ToilException(message)
{
    /// <summary>Of one job.</summary>
    public BatchJobRejectedException(string name, string message) : this([name], message)
    {
    }

    public IReadOnlyCollection<string> Names { get; } = names;
}
