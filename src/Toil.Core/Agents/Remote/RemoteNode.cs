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

    /// <summary>Makes it, and clears up after agents of the workflow that have died on this node: what they deferred runs before anything else.</summary>
    /// <param name="store">The job store.</param>
    /// <param name="setup">What all nodes of the workflow have in common.</param>
    /// <param name="name">What tells the agent from others on this node: the same attempt may have been started twice, and the leader may be here too.</param>
    /// <param name="events">Hears of what runs.</param>
    /// <param name="time">The clock.</param>
    public static async Task<RemoteNode> OpenAsync(JobStore store, RemoteSetup setup, string name, IAgentEvents events, TimeProvider time)
    {
        var space = TempSpace.CreateFor(WorkDirectoryFor(setup), setup.Workflow, name);
        var caching = setup.CallCache.Length > 0 ? new CallCachingAgent(setup.CallCache, store, events, time) : null;
        var agent = new NodeAgent(OptionsIn(space.Directory, store, setup), (IAgentEvents?)caching ?? events, time);
        await ClearUpAsync(agent, space.Abandoned()).ConfigureAwait(false);
        return new RemoteNode(space, caching is null ? agent : caching.InFrontOf(agent));
    }

    /// <summary>What an agent has to say of no attempt that runs, such as of deferred actions, goes to the batch system's log too: the leader may hear nothing more of it.</summary>
    public static void LogHere(AttemptId attempt, string jobName, string message)
    {
        if (attempt == default)
        {
            Console.Error.WriteLine($"toil: {jobName}: {message}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Agent.DisposeAsync().ConfigureAwait(false);
        _space.Remove();
    }

    private static async Task ClearUpAsync(NodeAgent agent, IReadOnlyList<string> abandoned)
    {
        await agent.RunAbandonedActionsAsync(abandoned).ConfigureAwait(false);
        try
        {
            TempSpace.RemoveAbandoned(abandoned);
        }
        catch (ToilException failure)
        {
            // Nothing that this agent needs.
            await Console.Error.WriteLineAsync($"toil: {failure.Message}").ConfigureAwait(false);
        }
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
