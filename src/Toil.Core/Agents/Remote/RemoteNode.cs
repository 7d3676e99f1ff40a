using Toil.CallCaching;
using Toil.Files;
using Toil.JobStores;

namespace Toil.Agents;

/// <summary>A node agent on a node that a batch system has given, in a directory of its own, made as the workflow's setup says.</summary>
internal sealed class RemoteNode : IAsyncDisposable
{
    private readonly TempSpace _space;

    private RemoteNode(TempSpace space, IAgent agent) => (_space, Agent) = (space, agent);

    public IAgent Agent { get; }

    /// <param name="store">The job store.</param>
    /// <param name="setup">What all nodes of the workflow have in common.</param>
    /// <param name="name">What tells the agent from others on this node: the same attempt may have been started twice, and the leader may be here too.</param>
    /// <param name="events">Hears of what runs.</param>
    /// <param name="time">The clock.</param>
    public static RemoteNode Open(JobStore store, RemoteSetup setup, string name, IAgentEvents events, TimeProvider time)
    {
        var space = TempSpace.CreateFor(WorkDirectoryFor(setup), setup.Workflow, FormattableString.Invariant($"{name}-{Environment.ProcessId}"));
        var caching = setup.CallCache.Length > 0 ? new CallCachingAgent(setup.CallCache, store, events, time) : null;
        var agent = new NodeAgent(OptionsIn(space.Directory, store, setup), (IAgentEvents?)caching ?? events, time);
        return new RemoteNode(space, caching is null ? agent : caching.InFrontOf(agent));
    }

    public async ValueTask DisposeAsync()
    {
        await Agent.DisposeAsync().ConfigureAwait(false);
        _space.Remove();
    }

    /// <summary>The node's owner may overrule the workflow.</summary>
    private static string WorkDirectoryFor(RemoteSetup setup) =>
        Environment.GetEnvironmentVariable("TOIL_WORKDIR_OVERRIDE") is { Length: > 0 } overriding ? overriding
        : setup.WorkDirectory.Length > 0 ? setup.WorkDirectory
        : Path.GetTempPath();

    private static NodeAgentOptions OptionsIn(string directory, JobStore store, RemoteSetup setup) => new()
    {
        Workflow = setup.Workflow.ToString(),
        Store = JobStoreLocator.ForPath(store.Directory).ToString(),
        WorkDirectory = directory,
        OpenFiles = WorkerFiles.ForAgent(store, new NodeAgentLayout(directory), setup.Files),
        Files = setup.Files,
        Workers = setup.Workers,
        Environment = setup.Environment,
        CoordinationDirectory = setup.CoordinationDirectory.Length > 0 ? setup.CoordinationDirectory : null,
        MaxLogSize = setup.MaxLogSize,
        KeepsLogsOfSuccesses = setup.KeepsLogsOfSuccesses,
        DiscardsOutput = setup.DiscardsOutput,
        ServicePollingInterval = setup.ServicePollingInterval,
    };
}
