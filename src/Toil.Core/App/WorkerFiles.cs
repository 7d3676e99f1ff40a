using Toil.Agents;
using Toil.Files;
using Toil.JobStores;

namespace Toil;

/// <summary>How agents and workers of one workflow make the file stores of attempts: both must put the same attempt's files in the same places.</summary>
internal static class WorkerFiles
{
    /// <summary>For the leader's own agent.</summary>
    public static Func<LaunchOrder, IAttemptFileStore> ForAgent(JobStore store, NodeAgentLayout layout, FileSettings settings)
    {
        var depot = FileDepot.Of(store);
        var cache = CacheOf(depot, layout, store.WorkflowId, settings);
        var spares = new SpareDirectories();
        return order => new OnDemandFileStore(() =>
            new AttemptFileStore(depot, order.Attempt, layout.TempDirectories, cache, settings.LinkImports, order.Code.Vehicle == Vehicle.Agent ? spares : null) { KeepsDirectory = settings.KeepsDirectories });
    }

    /// <summary>For a worker process, which knows what its agent told it.</summary>
    public static Func<WorkerEnvironment, LaunchOrder, IAttemptFileStore> ForWorker()
    {
        Func<AttemptId, IAttemptFileStore>? open = null;
        return (environment, order) => (open ??= Opener(environment))(order.Attempt);
    }

    private static Func<AttemptId, IAttemptFileStore> Opener(WorkerEnvironment environment)
    {
        var depot = new FileDepot(JobStoreLocator.Parse(environment.Store).Name);
        var layout = new NodeAgentLayout(environment.WorkDirectory);
        var settings = FileSettings.Parse(environment.Files);
        var cache = CacheOf(depot, layout, Guid.Parse(environment.Workflow), settings);
        return attempt => new OnDemandFileStore(() =>
            new AttemptFileStore(depot, attempt, layout.TempDirectories, cache, settings.LinkImports) { KeepsDirectory = settings.KeepsDirectories });
    }

    private static NodeCache? CacheOf(FileDepot depot, NodeAgentLayout layout, Guid workflow, FileSettings settings) =>
        settings.Caching ? new NodeCache(layout.Cache, workflow, depot.Blobs, settings.CacheLimit) : null;
}

/// <summary>Where things stand in a workflow's directory on a node.</summary>
internal readonly record struct NodeAgentLayout(string WorkDirectory)
{
    /// <summary>Beside the workflows' own directories: it is the whole node's.</summary>
    public string Cache => NodeCache.RootIn(Path.GetDirectoryName(WorkDirectory)!);

    public string TempDirectories => Path.Combine(WorkDirectory, "tmp");

    /// <summary>The workflow's own code, unpacked.</summary>
    public string Code => Path.Combine(WorkDirectory, "code");
}
