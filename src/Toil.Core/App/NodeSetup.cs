using Toil.Agents;
using Toil.BatchSystems;
using Toil.Files;
using Toil.JobStores;
using Toil.Values;

namespace Toil;

/// <summary>This machine as the workflow's node: its work directory, its agent, and the batch system in front of it.</summary>
internal sealed class NodeSetup
{
    private const string SingleMachineName = "single_machine";

    private readonly NodeAgent _agent;
    private readonly TempSpace _space;

    private NodeSetup(NodeAgent agent, SingleMachine batchSystem, AgentEvents events, TempSpace space) =>
        (_agent, BatchSystem, Events, _space) = (agent, batchSystem, events, space);

    public SingleMachine BatchSystem { get; }

    public AgentEvents Events { get; }

    public static NodeSetup Create(ToilOptions options, JobStore store, IReadOnlyDictionary<Vehicle, WorkerSpec> workers, JobLogs? logs)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new ToilException("Jobs need a POSIX host: Linux, macOS or the Windows Subsystem for Linux.");
        }

        if (options.BatchSystem != SingleMachineName)
        {
            throw new ToilException($"There is no batch system '{options.BatchSystem}' in this build; there is {SingleMachineName}.");
        }

        var space = TempSpace.Create(options.WorkDir, store.WorkflowId);
        var layout = new NodeAgentLayout(space.Directory);
        var files = FileSettings.Of(options);
        var events = new AgentEvents();
        var agent = new NodeAgent(
            new NodeAgentOptions
            {
                Workflow = store.WorkflowId.ToString(),
                Store = store.Locator.ToString(),
                WorkDirectory = space.Directory,
                OpenFiles = WorkerFiles.ForAgent(store, layout, files),
                Files = files,
                Workers = workers,
                Environment = options.SetEnv,
                CoordinationDirectory = options.CoordinationDir,
                MaxLogSize = options.MaxLogFileSize,
                KeepLog = logs is null ? null : logs.Write,
                KeepsLogsOfSuccesses = logs is { OfAllJobs: true },
                DiscardsOutput = options.NoStdOutErr,
                RealTimeLogging = options.RealTimeLogging,
                ServicePollingInterval = options.ServicePollingInterval,
            },
            events,
            TimeProvider.System);
        var machine = MachineSize.Of(space.Directory).Limit(options.MaxCores, options.MaxMemory, options.MaxDisk);
        return new NodeSetup(agent, new SingleMachine(agent, machine, AcceleratorDetection.OfThisMachine(), options.Scale), events, space);
    }

    /// <inheritdoc cref="NodeAgent.OthersEnded"/>
    public Task OthersEnded => _agent.OthersEnded;

    /// <inheritdoc cref="NodeAgent.RunAbandonedActionsAsync"/>
    public Task RunAbandonedActionsAsync() => _agent.RunAbandonedActionsAsync();

    /// <summary>Starts as many workers as the graph can use at once, while the leader is still getting ready.</summary>
    public void Prewarm(Vehicle vehicle, int jobs) =>
        _agent.Prewarm(vehicle, Math.Min(jobs, (int)Math.Ceiling(BatchSystem.Largest?.Cores ?? 1)));

    public void RemoveWorkDirectory() => _space.Remove();

    /// <summary>Removes this node's copies of the workflow's files: nobody reads them any more.</summary>
    public void RemoveCache(JobStore store) =>
        new NodeCache(new NodeAgentLayout(_space.Directory).Cache, store.WorkflowId, store.Blobs).Remove();

    /// <summary>Passes on what the agent says once the leader listens: the two need each other.</summary>
    internal sealed class AgentEvents : IAgentEvents
    {
        public IAgentEvents? Target { get; set; }

        public void Ended(AttemptOutcome outcome) => Target!.Ended(outcome);

        public void Started(AttemptId attempt, EncodedValue value) => Target!.Started(attempt, value);

        public void Logged(AttemptId attempt, string jobName, LogLevel level, string message) => Target!.Logged(attempt, jobName, level, message);
    }
}
