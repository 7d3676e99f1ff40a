using Toil.Agents;
using Toil.BatchSystems;
using Toil.Jobs;
using Toil.Journaling;
using Toil.Leader;
using Toil.Tests.Journal;
using Toil.Values;
using Xunit;

namespace Toil.Tests.Leading;

public sealed class LeaderLoopTests : IAsyncLifetime
{
    private readonly PowerCutFiles _files = new();
    private readonly RecordingBatchSystem _batchSystem = new();
    private readonly RecordingHost _host = new();
    private JournalWriter _writer = null!;

    public ValueTask InitializeAsync()
    {
        _writer = _files.TakeOver();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    [Fact(Timeout = 60_000)]
    public async Task Flush_AnotherTookOverBeforeIt_WritesNothing()
    {
        _host.Leads = 0;

        await Assert.ThrowsAsync<ToilException>(RunAsync);

        Assert.Empty(_files.Replay().Records);
    }

    [Fact(Timeout = 60_000)]
    public async Task Flush_AnotherTookOverWhileItWasWritten_ActsOnNothing()
    {
        _host.Leads = 1;

        await Assert.ThrowsAsync<ToilException>(RunAsync);

        Assert.Empty(_batchSystem.Issued);
        Assert.Empty(_host.Settled);
    }

    [Fact(Timeout = 60_000)]
    public async Task Flush_DiskIsFull_EndsWithTheReason()
    {
        _files.BeforeStep = step =>
        {
            if (step == "write")
            {
                throw new IOException("No space left on device");
            }
        };

        var failure = await Assert.ThrowsAsync<JournalFailedException>(RunAsync);

        Assert.Contains("No space left on device", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_batchSystem.Issued);
    }

    [Fact(Timeout = 60_000)]
    public async Task Found_CommitThatIsNotWantedStoodInItsPlace_RunsAgainWithoutUsingATry()
    {
        var loop = NewLoop(isRemote: true);
        var usage = new ResourceUsage(DateTimeOffset.UnixEpoch, TimeSpan.Zero, TimeSpan.Zero, 0);
        AttemptOutcome Committed(AttemptId attempt) => new(attempt, CommitBody.Empty(), null, usage);
        _batchSystem.OnStart = attempt =>
        {
            if (_batchSystem.Issued.Count == 1)
            {
                var lost = new AttemptFailure(FailureReason.NodeLost, new ErrorInfo("Test", "lost"), []);
                loop.Found(Committed(attempt with { Epoch = 7 }), new AttemptOutcome(attempt, null, lost, usage) { MayCommitLate = true });
            }
            else
            {
                loop.Found(Committed(attempt), null);
            }
        };

        Assert.Equal(WorkflowEnd.Succeeded, await loop.RunAsync());

        Assert.Equal(2, _batchSystem.Issued.Count);
        Assert.Equal(7, Assert.Single(_batchSystem.Discarded).Epoch);
    }

    private Task<WorkflowEnd> RunAsync() => NewLoop().RunAsync();

    private LeaderLoop NewLoop(bool isRemote = false)
    {
        var reactor = new Reactor(new ReactorOptions(new Requirements(1, 100, 100), 0, null) { RecordsSubmissions = isRemote }, new JournalPayloads(_writer.Read));
        var loop = new LeaderLoop(reactor, _writer, _batchSystem, _host, TimeProvider.System);
        var job = ReactorHarness.NewJob("a");
        loop.Post(() =>
        {
            reactor.Begin(_writer.Epoch);
            reactor.Start(CommitBody.EncodeStart(ClrValues.Encode(job), JobGraph.Collect([job], null)), DateTimeOffset.UnixEpoch);
        });
        return loop;
    }

    private sealed class RecordingHost : ILeaderHost
    {
        /// <summary>How often it is still found to lead.</summary>
        public int Leads { get; set; } = int.MaxValue;

        public List<AttemptId> Settled { get; } = [];

        public void ConfirmLeadership()
        {
            if (Leads-- == 0)
            {
                throw new ToilException("Another leader has taken over.");
            }
        }

        public void DeleteFiles(Deletion files, Action done) => done();

        void ILeaderHost.Settled(AttemptId attempt, bool committed) => Settled.Add(attempt);

        public void AttemptFailed(Command.ReportFailure failure)
        {
        }

        public void Logged(string jobName, LogLevel level, string message)
        {
        }

        public void Progressed(WorkflowCounts counts)
        {
        }
    }

    private sealed class RecordingBatchSystem : IBatchSystem
    {
        private readonly HashSet<AttemptId> _started = [];

        public List<AttemptId> Issued { get; } = [];

        public List<AttemptId> Discarded { get; } = [];

        /// <summary>Hears of attempts that are started; null lets none start.</summary>
        public Action<AttemptId>? OnStart { get; set; }

        public Requirements? Largest => null;

        public bool SharesFiles => true;

        public bool IsStarved => true;

        public void Issue(AttemptId attempt, Requirements requirements, bool isInline) => Issued.Add(attempt);

        public void StartWhatFits(Func<AttemptId, LaunchOrder?> orderOf)
        {
            if (OnStart is not null && Issued.Count > 0 && orderOf(Issued[^1]) is { } order && _started.Add(order.Attempt))
            {
                OnStart(order.Attempt);
            }
        }

        public void Discard(AttemptId attempt) => Discarded.Add(attempt);

        public void Ended(AttemptId attempt)
        {
        }

        public void Kill(AttemptId attempt)
        {
        }

        public void Stop(AttemptId attempt)
        {
        }

        public void Settled(AttemptId attempt, bool committed)
        {
        }

        public IReadOnlyList<RunningAttempt> WhatRuns() => [];

        public string? WhatHoldsJobsUp() => null;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
