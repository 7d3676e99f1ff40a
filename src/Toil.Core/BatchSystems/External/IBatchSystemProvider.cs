namespace Toil.BatchSystems;

/// <summary>Makes the batch systems of one name.</summary>
public interface IBatchSystemProvider
{
    /// <summary>The name that users choose it by: <c>--batchSystem NAME</c>, <c>-BatchSystem NAME</c>.</summary>
    string Name { get; }

    /// <summary>Makes it for one run of a workflow. Called once, before anything else; throws a <see cref="ToilException"/> when it can't be used here.</summary>
    IExternalBatchSystem Open(BatchSystemSettings settings);
}

/// <summary>What a batch system may want to know of the workflow that it serves.</summary>
/// <param name="Workflow">The workflow's unique id: the same after it was resumed.</param>
/// <param name="Options">How it is run.</param>
/// <param name="Log">Takes messages for the leader's log.</param>
public sealed record BatchSystemSettings(Guid Workflow, ToilOptions Options, Action<LogLevel, string> Log)
{
    /// <summary>
    /// Where a scheduler's own output of the jobs goes, at the same place on all nodes as far as can be told; the directory is made when it is
    /// first needed, and its files may go with the jobs.
    /// </summary>
    public string LogsDirectory { get; init; } = "";
}
