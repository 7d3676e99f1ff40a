namespace Toil.BatchSystems;

/// <summary>The queued attempts that ask for the same.</summary>
internal sealed class QueuedShape
{
    /// <summary>Shapes by their topmost attempt, the one issued last at the end.</summary>
    public static readonly IComparer<QueuedShape> ByTop =
        Comparer<QueuedShape>.Create((left, right) => left.Attempts.TopSequence.CompareTo(right.Attempts.TopSequence));

    public QueuedShape(ResourceAmount amount)
    {
        Amount = amount;
        Waiting = new LinkedListNode<QueuedShape>(this);
    }

    public ResourceAmount Amount { get; }

    public AttemptStack Attempts { get; } = new();

    /// <summary>Its place among the shapes that wait, the longest first.</summary>
    public LinkedListNode<QueuedShape> Waiting { get; }

    /// <summary>How many attempts had been started when it began to wait.</summary>
    public long WaitingSince { get; set; }
}
