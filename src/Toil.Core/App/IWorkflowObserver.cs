namespace Toil;

/// <summary>Hears what people should see of a running workflow. Called on the leader's thread: take note and return.</summary>
internal interface IWorkflowObserver
{
    void Logged(LogLevel level, string message);

    void Progressed(WorkflowProgress progress);

    /// <summary>Whether it listens to what happens; asked once, before the workflow begins.</summary>
    bool WantsEvents => false;

    void Happened(WorkflowEvent happened) { }
}

/// <summary>How far a workflow has come.</summary>
internal readonly record struct WorkflowProgress(long Total, long Done, long Running, long Ready, long Failed)
{
    public override string ToString() =>
        $"{Done} of {Total} jobs done, {Running} running{(Ready > 0 ? $", {Ready} waiting for room" : "")}{(Failed > 0 ? $", {Failed} failed" : "")}";
}
