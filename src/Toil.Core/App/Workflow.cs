using Toil.BatchSystems;
using Toil.Events;
using Toil.Files;
using Toil.Jobs;
using Toil.JobStores;
using Toil.Leader;
using Toil.Plugins;
using Toil.Values;
using Workers = System.Collections.Generic.IReadOnlyDictionary<Toil.Vehicle, Toil.Agents.WorkerSpec>;

namespace Toil;

/// <summary>One run of a workflow by this process: its job store, its leader, and the workers that it starts.</summary>
public sealed class Workflow : IAsyncDisposable
{
    private readonly ToilOptions _options;
    private readonly JobStore _store;
    private readonly LeaderLease _lease;
    private readonly WorkflowHost _host;
    private readonly JournalSession _journal;
    private readonly IBatchSystem _batchSystem;
    private readonly WorkflowMessages _messages;
    private readonly LeaderLoop _loop;
    private readonly FileDepot _depot;
    private readonly FileImporter _importer;
    private readonly FileHandOver _handOver = new();
    private readonly CancellationTokenSource _closing = new();
    private bool _removesVacantStore;
    private bool _keepsStore;
    private WorkflowEnd? _end;
    private Task _answering = Task.CompletedTask;

    private Workflow(ToilOptions options, JobStore store, LeaderLease lease, JournalSession journal, WorkflowHost host, WorkflowMessages messages, NodeSetup node)
    {
        (_options, _store, _lease, _journal, _host, _messages) = (options, store, lease, journal, host, messages);
        _depot = FileDepot.Of(store);
        _importer = FileImporter.ForLeader(_depot, journal.Writer.Epoch, Environment.CurrentDirectory, options.LinkImports, (level, message) => host.Logged("import", level, message));
        Node = node;
        _batchSystem = messages.Observe(node.BatchSystem, journal.Reactor);
        _loop = new LeaderLoop(journal.Reactor, journal.Writer, _batchSystem, host, TimeProvider.System)
        {
            Deadlocks = new DeadlockWatch(journal.Reactor, TimeProvider.System, options.DeadlockWait, options.DeadlockCheckInterval),
        };
        node.Events.Target = _loop;
    }

    /// <summary>The workflow's unique id.</summary>
    public Guid Id => _store.WorkflowId;

    /// <summary>The job store, as users name it.</summary>
    public string JobStore => _options.JobStore;

    /// <summary>The job store's directory.</summary>
    internal string Directory => _store.Directory;

    internal NodeSetup Node { get; }

    /// <summary>Whether the workflow's code has to travel to the nodes.</summary>
    internal bool DeploysCode => !_options.DisableAutoDeployment && !_batchSystem.SharesFiles;

    internal IBlobStore Blobs => _store.Blobs;

    /// <summary>What jobs run that exist already.</summary>
    internal IEnumerable<Code> Codes => _journal.Reactor.Codes();

    /// <summary>Whether jobs exist: then <see cref="ContinueAsync"/> goes on with them.</summary>
    internal bool HasStarted => _journal.Reactor.HasStarted;

    /// <summary>
    /// Makes a job store and becomes its leader. A store in which no job was ever started, because its leader was
    /// killed before, is taken as if it were new; the removal of one that a killed leader has begun is finished first.
    /// </summary>
    /// <param name="options">How to run it.</param>
    /// <param name="workers">How to start workers.</param>
    /// <param name="observer">Hears of it.</param>
    /// <param name="isStaged">The store is for files that are imported ahead of the start: it outlives this process, and so do they.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="JobStoreExistsException">There is one that holds a workflow already.</exception>
    /// <exception cref="LeaderRunningException">Another process is about to start a workflow in it.</exception>
    internal static async Task<Workflow> CreateAsync(
        ToilOptions options, Workers workers, IWorkflowObserver observer, bool isStaged = false, CancellationToken cancellation = default)
    {
        PluginLoader.Load(options.Plugin);
        PluginLoader.LoadFromEnvironment();
        var locator = JobStoreLocator.Parse(options.JobStore);
        NodeDirectories.Check(options);
        var logs = JobLogs.Open(options);
        var store = await VacantStore.CreateAsync(locator, options.JobStoreIsTemporary, cancellation).ConfigureAwait(false);
        var workflow = await LeadAsync(options, store, workers, logs, observer, cancellation).ConfigureAwait(false);
        if (workflow.HasStarted)
        {
            // Somebody started a workflow in it, and left, just now.
            await workflow.DisposeAsync().ConfigureAwait(false);
            throw new JobStoreExistsException(locator);
        }

        workflow._removesVacantStore = !isStaged;
        if (!isStaged)
        {
            workflow._host.RemoveEarlierImports(workflow._journal.Writer.Epoch);
        }

        return workflow;
    }

    /// <summary>Becomes the leader of a workflow that was started before.</summary>
    /// <exception cref="NoSuchJobStoreException">There is none.</exception>
    /// <exception cref="LeaderRunningException">Another process leads it.</exception>
    internal static async Task<Workflow> ResumeAsync(
        ToilOptions options, Workers workers, IWorkflowObserver observer, CancellationToken cancellation = default)
    {
        NodeDirectories.Check(options);
        PluginLoader.Load(options.Plugin);
        PluginLoader.LoadFromEnvironment();
        var logs = JobLogs.Open(options);
        var store = await JobStores.JobStore.OpenAsync(JobStoreLocator.Parse(options.JobStore), cancellation).ConfigureAwait(false);
        return await LeadAsync(options, store, workers, logs, observer, cancellation).ConfigureAwait(false);
    }

    /// <summary>Brings a file into the job store.</summary>
    public Task<FileId> ImportAsync(string url, CancellationToken cancellation = default) => _importer.ImportAsync(url, cancellation);

    /// <summary>Makes a file of the job store of bytes.</summary>
    internal Task<FileId> WriteAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation = default) =>
        _importer.WriteAsync(name, content, cancellation);

    /// <summary>Makes durable what was imported; a start does so too.</summary>
    internal Task SyncImportsAsync(CancellationToken cancellation = default) => _importer.SyncAsync(cancellation);

    /// <summary>Copies a file out of the job store.</summary>
    public Task ExportAsync(FileId file, string url, CancellationToken cancellation = default) =>
         new FileExporter(() => Environment.CurrentDirectory, _options.MoveExports).ExportAsync(_depot.Locate(file), file.Executable, url, cancellation);

    /// <summary>Makes durable what is brought out of the job store; null where nobody waits for that, as with the store itself.</summary>
    internal IDiskSync? Disk => _store.IsTemporary ? null : DiskSync.Instance;

    /// <summary>Brings a file out of the job store to an absolute path in a directory that is there: without a copy where the store is removed after a success.</summary>
    internal Task HandOverAsync(FileId file, string path, CancellationToken cancellation = default) =>
        !_keepsStore && _options.Clean.Applies(succeeded: true) && _handOver.TryLink(_depot.Locate(file), file.Executable, path)
            ? Task.CompletedTask
            : ExportAsync(file, path, cancellation);

    /// <summary>Starts a new workflow and waits for its end.</summary>
    /// <param name="result">Its return value, with promises of jobs of the graph.</param>
    /// <param name="graph">All jobs that are known now.</param>
    /// <param name="cancellation">Stops it; it can be resumed.</param>
    /// <returns>The return value.</returns>
    /// <exception cref="JobGraphException">The graph can't run; nothing has been started.</exception>
    /// <exception cref="FailedJobsException">Jobs failed for good.</exception>
    /// <exception cref="WorkflowCancelledException">It was stopped.</exception>
    internal Task<EncodedValue> StartAsync(UnboundValue result, JobGraph graph, CancellationToken cancellation)
    {
        // Not async: a state machine would keep the graph in memory for as long as the workflow runs.
        GraphAdmission.Check(graph, _options.DefaultRequirements, _batchSystem.Largest);
        var body = CommitBody.EncodeStart(result, graph);
        PostBegin(() => _journal.Reactor.Start(body, DateTimeOffset.UtcNow));
        return SyncAndRunAsync(cancellation);
    }

    /// <summary>Goes on with a workflow that was started before; one that is complete runs nothing and returns its value again.</summary>
    /// <inheritdoc cref="StartAsync" path="/exception"/>
    internal Task<EncodedValue> ContinueAsync(CancellationToken cancellation)
    {
        if (HasStarted)
        {
            _host.RemoveAbandoned(_journal.Writer.Epoch, _journal.Reactor.OpenSubmissions.ToHashSet(), Node.OthersEnded);
            PostBegin(() => { });
            return RunLoopAsync(cancellation);
        }

        throw new ToilException($"The workflow in job store {JobStore} was stopped before its first job, so there is nothing to go on with. Start it again without --restart, or with Start-ToilWorkflow.");
    }

    /// <summary>Makes unfinished jobs run edited code. To be called before the workflow goes on.</summary>
    /// <param name="replacementOf">The code that takes the place of one with an identity, or null to keep it.</param>
    internal void ReplaceCode(Func<Code, Code?> replacementOf)
    {
        foreach (var old in _journal.Reactor.Codes().Where(code => code.Identity.Length > 0).ToList())
        {
            if (replacementOf(old) is { } replacement && replacement.Id != old.Id)
            {
                _journal.Reactor.ReplaceCode(old.Id, replacement);
            }
        }
    }

    /// <inheritdoc cref="Reactor.StopsAtFailure"/>
    internal bool StopsAtFailure
    {
        set => _journal.Reactor.StopsAtFailure = value;
    }

    /// <summary>Leaves the job store where a successful end would remove it: somebody still needs what is in it.</summary>
    internal void KeepStore() => _keepsStore = true;

    /// <summary>Stops the workflow: nothing new starts, what runs is ended.</summary>
    public void Stop() => _loop.Cancel();

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _answering.ConfigureAwait(false);
        await RunLastAbandonedActionsAsync().ConfigureAwait(false);
        await _batchSystem.DisposeAsync().ConfigureAwait(false);
        await _host.DisposeAsync().ConfigureAwait(false);
        await _messages.DisposeAsync().ConfigureAwait(false);
        await CloseJournalAsync().ConfigureAwait(false);
        await _lease.DisposeAsync().ConfigureAwait(false);
        await _store.DisposeAsync().ConfigureAwait(false);
        Node.RemoveWorkDirectory();
        var removesStore = !_keepsStore && (_end is { } end ? _options.Clean.Applies(end == WorkflowEnd.Succeeded) : _removesVacantStore && !HasStarted);
        if (removesStore || _end == WorkflowEnd.Succeeded)
        {
            Node.RemoveCache(_store);
        }

        if (removesStore)
        {
            // A new store in which no job was started holds nothing that could be resumed.
            await JobStores.JobStore.DestroyAsync(_store.Locator).ConfigureAwait(false);
        }

        _closing.Dispose();
    }

    private static async Task<Workflow> LeadAsync(
        ToilOptions options, JobStore store, Workers workers, JobLogs? logs, IWorkflowObserver observer, CancellationToken cancellation)
    {
        LeaderLease? lease = null;
        try
        {
            lease = await LeaderLease.TakeAsync(store.Blobs, cancellationToken: cancellation).ConfigureAwait(false);
            lease.StartRenewing();
            await store.KillFlag.ClearAsync(cancellation).ConfigureAwait(false);
            var node = NodeSetup.Create(options, store, workers, logs, observer.Logged, isFirst: lease.Holder.Epoch == 1);
            var reactorOptions = new ReactorOptions(options.DefaultRequirements, options.RetryCount, node.BatchSystem.Largest)
            {
                DoublesMemory = options.DoubleMem,
                RetriesPreemptedForFree = options.EnableUnlimitedPreemptibleRetries,
                MaxServices = options.MaxServiceJobs,
                MaxPreemptibleServices = options.MaxPreemptibleServiceJobs,
                RecordsSubmissions = !node.IsLocal,
            };
            var journal = await JournalSession.OpenAsync(store.JournalFiles, reactorOptions, options.AcceptLoss, cancellation).ConfigureAwait(false);
            var messages = WorkflowMessages.Open(options, store.WorkflowId, node.BatchSystem, observer);
            var host = new WorkflowHost(store, lease, messages, observer, options.StatusWait);
            return new Workflow(options, store, lease, journal, host, messages, node);
        }
        catch
        {
            if (lease is not null)
            {
                await lease.DisposeAsync().ConfigureAwait(false);
            }

            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private void PostBegin(Action begin) => _loop.Post(() =>
    {
        _journal.Reactor.Begin(_journal.Writer.Epoch);
        begin();
    });

    private async Task<EncodedValue> SyncAndRunAsync(CancellationToken cancellation)
    {
        await _importer.SyncAsync(cancellation).ConfigureAwait(false);
        return await RunLoopAsync(cancellation).ConfigureAwait(false);
    }

    private async Task<EncodedValue> RunLoopAsync(CancellationToken cancellation)
    {
        using var stop = cancellation.Register(_loop.Cancel);
        using var superseded = _lease.Lost.Register(() => _loop.Broken(_host.Superseded()));
        _ = WatchKillFlagAsync(_closing.Token);
        _answering = LeaderQuestion.AnswerAsync(_store, DescribeAsync, text => _host.Logged("leader", LogLevel.Warning, text), TimeProvider.System, _closing.Token);
        await Node.RunAbandonedActionsAsync().ConfigureAwait(false);
        _end = await _loop.RunAsync().ConfigureAwait(false);
        return _end switch
        {
            WorkflowEnd.Succeeded => _journal.Reactor.WorkflowValue(),
            WorkflowEnd.Cancelled => throw new WorkflowCancelledException(JobStore),
            _ => throw new FailedJobsException(JobStore, FailedJobs()),
        };
    }

    /// <summary>Of agents that have died on this node since the start. What goes wrong mustn't keep the leader from letting go of the store.</summary>
    private async Task RunLastAbandonedActionsAsync()
    {
        try
        {
            await (Node.IsLocal ? Task.CompletedTask : Node.RunAbandonedActionsAsync()).ConfigureAwait(false);
        }
        catch (Exception error) when (error is ToilException or IOException or UnauthorizedAccessException)
        {
            _host.Logged("leader", LogLevel.Warning, $"Deferred actions of agents that died may not have run, and what they were to clean up may be left on this host: {error.Message}");
        }
    }

    /// <summary>What the leader's thread knows: what runs, and what holds the rest up.</summary>
    private async Task<LeaderAnswer> DescribeAsync()
    {
        await _batchSystem.RefreshAsync(_closing.Token).ConfigureAwait(false);
        var answer = new TaskCompletionSource<LeaderAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        _loop.Post(() => answer.SetResult(new LeaderAnswer(
            Guid.NewGuid(),
            [.. _batchSystem.WhatRuns().Select(one => new AnsweredAttempt(one.Attempt.Job, one.Since, one.Node.Length > 0 ? one.Node : Environment.MachineName))],
            _batchSystem.WhatHoldsJobsUp())
        {
            Waiting = _batchSystem.WhatWaits(),
        }));
        return await answer.Task.ConfigureAwait(false);
    }

    private async Task WatchKillFlagAsync(CancellationToken cancellation)
    {
        if (await _store.KillFlag.WaitAsync(TimeProvider.System, _options.KillPollingInterval, cancellation).ConfigureAwait(false))
        {
            _loop.Cancel();
        }
    }

    private List<FailedJob> FailedJobs() =>
        [.. _journal.Reactor.Failures.OrderBy(failure => failure.Key).Select(failure => FailureRecord.Read(_journal.Writer.Read(failure.Value)).ToFailedJob())];

    private async Task CloseJournalAsync()
    {
        try
        {
            await _journal.Writer.CloseAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is Journaling.JournalFailedException or InvalidOperationException)
        {
            // The run has already failed with this; everything acknowledged before it is durable.
            _host.Logged("leader", LogLevel.Error, error.Message);
        }

        await _journal.DisposeAsync().ConfigureAwait(false);
    }
}
