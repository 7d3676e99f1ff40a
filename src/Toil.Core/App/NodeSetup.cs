using Toil.Agents;
using Toil.BatchSystems;
using Toil.CallCaching;
using Toil.Files;
using Toil.JobStores;
using Toil.Leader;
using Toil.Plugins;
using Toil.Values;

namespace Toil;

/// <summary>This machine as the workflow's node: its work directory, its agent, and the batch system in front of it.</summary>
internal sealed class NodeSetup
{
    private readonly NodeAgent _agent;
    private readonly TempSpace _space;

    private NodeSetup(NodeAgent agent, IBatchSystem batchSystem, AgentEvents events, TempSpace space) =>
        (_agent, BatchSystem, Events, _space) = (agent, batchSystem, events, space);

    public IBatchSystem BatchSystem { get; }

    /// <summary>Whether attempts run here, and end with this process.</summary>
    public bool IsLocal => BatchSystem is SingleMachine;

    public AgentEvents Events { get; }

    /// <param name="options">How the workflow is run.</param>
    /// <param name="store">Its job store.</param>
    /// <param name="workers">How to start workers.</param>
    /// <param name="logs">Where logs of jobs go; null for nowhere.</param>
    /// <param name="log">Takes messages for the leader's log.</param>
    /// <param name="isFirst">Whether nobody has led the workflow before.</param>
    public static NodeSetup Create(
        ToilOptions options, JobStore store, IReadOnlyDictionary<Vehicle, WorkerSpec> workers, JobLogs? logs, Action<LogLevel, string> log, bool isFirst)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new ToilException("Jobs need a POSIX host: Linux, macOS or the Windows Subsystem for Linux.");
        }

        var provider = BatchSystemProviders.IsSingleMachine(options.BatchSystem) ? null : BatchSystemProviders.For(options.BatchSystem);
        if (options.DebugWorker && (provider is not null || workers.ContainsKey(Vehicle.Script)))
        {
            throw new ToilException("--debugWorker runs C# jobs of a C# program on single_machine. To debug a script's job, use Debug-ToilJob (toil debug-job) on its job store.");
        }

        var space = TempSpace.Create(options.WorkDir, store.WorkflowId);
        var layout = new NodeAgentLayout(space.Directory);
        var files = FileSettings.Of(options);
        var events = new AgentEvents();
        var caching = provider is null && options.CallCache is { } directory ? new CallCachingAgent(directory, store, events, TimeProvider.System) : null;
        var agent = new NodeAgent(
            new NodeAgentOptions
            {
                Workflow = store.WorkflowId.ToString(),
                IsFirst = isFirst,
                Store = JobStoreLocator.ForPath(store.Directory).ToString(),
                WorkDirectory = space.Directory,
                OpenFiles = WorkerFiles.ForAgent(store, layout, files),
                Files = files,
                Workers = workers,
                Environment = options.SetEnv,
                CoordinationDirectory = options.CoordinationDir,
                MaxLogSize = options.MaxLogFileSize,
                DebugsJobs = options.DebugWorker,
                CapturesOutput = !options.DisableWorkerOutputCapture,
                CleanTempDirectories = options.CleanWorkDir,
                MaxDuration = options.MaxJobDuration,
                MaxInline = provider is null ? null : options.MaxLocalJobs ?? Environment.ProcessorCount,
                EnforcesMemory = options.EnforceMemory,
                SabotagedShare = options.BadWorker,
                SabotageWithin = options.BadWorkerFailInterval,
                KeepLog = logs is null ? null : logs.Write,
                KeepsLogsOfSuccesses = logs is { OfAllJobs: true },
                DiscardsOutput = options.NoStdOutErr,
                RealTimeLogging = options.RealTimeLogging,
                ServicePollingInterval = options.ServicePollingInterval,
            },
            (IAgentEvents?)caching ?? events,
            TimeProvider.System);
        IAgent front = caching is null ? agent : caching.InFrontOf(agent);
        if (provider is not null)
        {
            return new NodeSetup(agent, Remote(provider, agent, options, store, workers, events, logs, log), events, space);
        }

        var machine = MachineSize.Of(space.Directory).Limit(options.MaxCores, options.MaxMemory, options.MaxDisk);
        return new NodeSetup(agent, new SingleMachine(front, machine, AcceleratorDetection.OfThisMachine(), options.Scale), events, space);
    }

    /// <inheritdoc cref="NodeAgent.OthersEnded"/>
    public Task OthersEnded => _agent.OthersEnded;

    /// <summary>Runs the deferred actions that dead agents of the workflow have left on this node, those without the leader too.</summary>
    public Task RunAbandonedActionsAsync() => _agent.RunAbandonedActionsAsync(IsLocal ? [] : _space.Abandoned());

    /// <summary>Starts as many workers as the graph can use at once, while the leader is still getting ready.</summary>
    public void Prewarm(Vehicle vehicle, int jobs)
    {
        if (IsLocal)
        {
            _agent.Prewarm(vehicle, Math.Min(jobs, (int)Math.Ceiling(BatchSystem.Largest?.Cores ?? 1)));
        }
    }

    /// <summary>Removes what the workflow has left on this node, but for the directories of attempts that <c>--cleanWorkDir</c> keeps.</summary>
    public void RemoveWorkDirectory() => _space.Remove(_agent.Options.CleanTempDirectories == CleanPolicy.Always ? null : new NodeAgentLayout(_space.Directory).TempDirectories);

    /// <summary>Removes this node's copies of the workflow's files: nobody reads them any more.</summary>
    public void RemoveCache(JobStore store) =>
        new NodeCache(new NodeAgentLayout(_space.Directory).Cache, store.WorkflowId, store.Blobs).Remove();

    private static IBatchSystem Remote(
        IBatchSystemProvider provider,
        NodeAgent agent,
        ToilOptions options,
        JobStore store,
        IReadOnlyDictionary<Vehicle, WorkerSpec> workers,
        AgentEvents events,
        JobLogs? logs,
        Action<LogLevel, string> log)
    {
        // What runs as a worker is a node's agent when its arguments say so.
        var worker = workers.TryGetValue(Vehicle.Assembly, out var assembly) ? assembly : workers[Vehicle.Script];
        var system = provider.Open(new BatchSystemSettings(store.WorkflowId, options, log) { LogsDirectory = BatchLogs(options, store) });
        var remote = new RemoteBatchOptions
        {
            Store = store,
            Setup = RemoteSetup.Of(options, store.WorkflowId, workers),
            Program = [worker.Program, .. worker.Arguments],
            Plugins = [.. options.Plugin.Union(PluginLoader.FromEnvironment())],
            PollingInterval = options.StatePollingWait,
            Log = log,
            KeepLog = logs is null ? null : record => logs.Write(record.JobName, record.TryNumber, record.Outcome),
        };
        if (options.Pilots == 0)
        {
            return new RemoteBatchSystem(system, agent, remote, events);
        }

        var shared = new SharedBatchSystem(system);
        var plain = new RemoteBatchSystem(shared, agent, remote, events);
        return new PilotBatchSystem(new PilotFleet(PilotSettings.Of(options, system.Largest), remote, shared, events, plain.TakeOver), plain);
    }

    /// <summary>Nodes see the job store, but as a rule not the leader's /tmp.</summary>
    private static string BatchLogs(ToilOptions options, JobStore store) =>
        options.BatchLogsDir is { } chosen ? Path.GetFullPath(chosen)
        : options.WorkDir != new ToilOptions().WorkDir ? TempSpace.PathOf(options.WorkDir, store.WorkflowId)
        : Path.Combine(store.Directory, Path.TrimEndingDirectorySeparator(JobStoreLayout.BatchLogs));

    /// <summary>Passes on what the agent says once the leader listens: the two need each other.</summary>
    internal sealed class AgentEvents : IRemoteEvents
    {
        public IRemoteEvents? Target { get; set; }

        public void Ended(AttemptOutcome outcome) => Target!.Ended(outcome);

        public void Started(AttemptId attempt, EncodedValue value) => Target!.Started(attempt, value);

        public void Submitted(Submission submission) => Target!.Submitted(submission);

        public void Found(AttemptOutcome? commit, AttemptOutcome? otherwise) => Target!.Found(commit, otherwise);

        public void Changed() => Target!.Changed();

        public void Broken(Exception error) => Target!.Broken(error);

        public void Logged(AttemptId attempt, string jobName, LogLevel level, string message) => Target!.Logged(attempt, jobName, level, message);
    }
}
