using Toil.Agents;
using Toil.BatchSystems;
using Toil.Jobs;
using Toil.JobStores;
using Toil.Leader;
using Toil.Values;

namespace Toil.Integration.Tests.Durability;

/// <summary>The real leader's loop over the real journal, agent and workers, with an observer between the loop and all of them.</summary>
internal sealed class LeaderRig : IAsyncDisposable
{
    private readonly JobStore _store;
    private readonly NodeSetup _node;
    private readonly JournalSession _journal;
    private readonly LeaderLoop _loop;

    private LeaderRig(JobStore store, NodeSetup node, JournalSession journal, WatchedJournalFiles files, Action<AttemptId> onCommitted)
    {
        (_store, _node, _journal, Files) = (store, node, journal, files);
        var batchSystem = new ObservedBatchSystem(node.BatchSystem, onCommitted);
        _loop = new LeaderLoop(journal.Reactor, journal.Writer, batchSystem, new SilentHost(), TimeProvider.System);
        node.Events.Target = _loop;
    }

    public WatchedJournalFiles Files { get; }

    /// <param name="scratch">Where everything goes.</param>
    /// <param name="syncDelay">What each sync takes longer.</param>
    /// <param name="onCommitted">Told of each commit that the leader acknowledges, on the leader's thread.</param>
    public static async Task<LeaderRig> OpenAsync(Scratch scratch, TimeSpan syncDelay, Action<WatchedJournalFiles, AttemptId> onCommitted)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var store = await JobStore.CreateAsync(JobStoreLocator.Parse(scratch.Store), cancellationToken: cancellation);
        var options = new ToilOptions { WorkDir = scratch.WorkDirectory, DefaultMemory = 10 << 20, DefaultDisk = 1 << 20 };
        var workers = new Dictionary<Vehicle, WorkerSpec> { [Vehicle.Assembly] = new WorkerSpec(WorkflowProcess.Program) };
        var node = NodeSetup.Create(options, store, workers, logs: null, (_, _) => { }, isFirst: true);
        var files = new WatchedJournalFiles(store.JournalFiles, syncDelay);
        var reactorOptions = new ReactorOptions(options.DefaultRequirements, options.RetryCount, node.BatchSystem.Largest);
        var journal = await JournalSession.OpenAsync(files, reactorOptions, acceptLoss: false, cancellation);
        return new LeaderRig(store, node, journal, files, attempt => onCommitted(files, attempt));
    }

    public Task<WorkflowEnd> RunAsync(Job root)
    {
        var body = CommitBody.EncodeStart(ClrValues.Encode(root), JobGraph.Collect([root], owner: null));
        _loop.Post(() =>
        {
            _journal.Reactor.Begin(_journal.Writer.Epoch);
            _journal.Reactor.Start(body, DateTimeOffset.UtcNow);
        });
        return _loop.RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _node.BatchSystem.DisposeAsync();
        await _journal.DisposeAsync();
        await _store.DisposeAsync();
    }

    private sealed class ObservedBatchSystem(IBatchSystem inner, Action<AttemptId> onCommitted) : IBatchSystem
    {
        public Requirements? Largest => inner.Largest;

        public bool SharesFiles => true;

        public bool IsStarved => inner.IsStarved;

        public void Issue(AttemptId attempt, Requirements requirements, bool isInline) => inner.Issue(attempt, requirements, isInline);

        public void StartWhatFits(Func<AttemptId, LaunchOrder?> orderOf) => inner.StartWhatFits(orderOf);

        public void Ended(AttemptId attempt) => inner.Ended(attempt);

        public void Kill(AttemptId attempt) => inner.Kill(attempt);

        public IReadOnlyList<RunningAttempt> WhatRuns() => inner.WhatRuns();

        public string? WhatHoldsJobsUp() => inner.WhatHoldsJobsUp();

        public void Stop(AttemptId attempt) => inner.Stop(attempt);

        public void Settled(AttemptId attempt, bool committed)
        {
            if (committed)
            {
                onCommitted(attempt);
            }

            inner.Settled(attempt, committed);
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    private sealed class SilentHost : ILeaderHost
    {
        public void ConfirmLeadership()
        {
        }

        public void DeleteFiles(Deletion files, Action done) => done();

        public void Settled(AttemptId attempt, bool committed)
        {
        }

        public void AttemptFailed(Command.ReportFailure failure) => throw new InvalidOperationException(FailureText.Describe(failure));

        public void Logged(string jobName, LogLevel level, string message)
        {
        }

        public void Progressed(WorkflowCounts counts)
        {
        }
    }
}
