namespace Toil.Events;

/// <summary>Passes on what happens in a workflow. There is one only where somebody listens, so that it costs others nothing.</summary>
internal sealed class EventStream(TimeProvider time, IReadOnlyList<Action<WorkflowEvent>> listeners)
{
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Called on the leader's thread, and calls listeners there: they take note and return.</summary>
    public void Tell(WorkflowEvent happened)
    {
        foreach (var listener in listeners)
        {
            listener(happened);
        }
    }
}
