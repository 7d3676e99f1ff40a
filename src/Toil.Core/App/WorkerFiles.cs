using Toil.Agents;
using Toil.Files;
using Toil.JobStores;

namespace Toil;

/// <summary>How agents and workers of one workflow make the file stores of attempts: both must put the same attempt's files in the same places.</summary>
internal static class WorkerFiles
{
    /// <summary>For the leader's own agent.</summary>
    public static Func<LaunchOrder, IAttemptFileStore> ForAgent(JobStore store, NodeAgentLayout layout, bool linkImports)
    {
        var depot = FileDepot.Of(store);
        return order => new AttemptFileStore(depot, order.Attempt, layout.TempDirectories, cache: null, linkImports);
    }

    /// <summary>For a worker process, which knows what its agent told it.</summary>
    public static Func<WorkerEnvironment, LaunchOrder, IAttemptFileStore> ForWorker()
    {
        FileDepot? depot = null;
        return (environment, order) =>
        {
            depot ??= new FileDepot(JobStoreLocator.Parse(environment.Store).Name);
            return new AttemptFileStore(depot, order.Attempt, new NodeAgentLayout(environment.WorkDirectory).TempDirectories);
        };
    }
}

/// <summary>Where things stand in a workflow's directory on a node.</summary>
internal readonly record struct NodeAgentLayout(string WorkDirectory)
{
    public string TempDirectories => Path.Combine(WorkDirectory, "tmp");
}
