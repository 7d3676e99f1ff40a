using Toil.Tests.Fakes;

namespace Toil.BatchSystems.Grid.Tests;

/// <summary>What is done with any scheduler's answers.</summary>
public sealed class GridBatchSystemTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly FakeTime _time = new();
    private readonly FakeScheduler _scheduler = new();
    private readonly FakePrograms _programs = new();
    private readonly List<string> _log = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly GridBatchSystem _system;
    private readonly IAsyncEnumerator<BatchJobEnd> _ends;

    public GridBatchSystemTests()
    {
        _system = new GridBatchSystem(_scheduler, _programs.Setup("fake", new ToilOptions { StatePollingWait = Interval }, _log), _time);
        _ends = _system.WatchAsync(_stop.Token).GetAsyncEnumerator(TestContext.Current.CancellationToken);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Submit_MixedJobs_GoOutInArraysAndReturnIdsInOrder()
    {
        _scheduler.LargestArray = 4;

        var ids = await _system.SubmitAsync(FakePrograms.Jobs(9), Cancellation);

        Assert.Equal(["1.0", "1.1", "1.2", "1.3", "2.4", "2.5", "2.6", "2.7", "3.8"], ids);
    }

    [Fact]
    public async Task Watch_ThousandsOfJobs_IsOneCallAnInterval()
    {
        await _system.SubmitAsync(FakePrograms.Jobs(3000), Cancellation);
        var next = _ends.MoveNextAsync().AsTask();

        await TickAsync(3);
        _scheduler.End("1.7", new BatchJobEnd("1.7", BatchJobEndReason.Exited, 0));
        await TickAsync(1);

        Assert.True(await next);
        Assert.Equal("1.7", _ends.Current.Id);
        Assert.Equal(4, _scheduler.Lists);
        Assert.Equal(0, _scheduler.Accounts);
    }

    [Fact]
    public async Task Watch_NothingSubmitted_AsksNothing()
    {
        _ = _ends.MoveNextAsync().AsTask();

        await TickAsync(5);

        Assert.Equal(0, _scheduler.Lists);
    }

    [Fact]
    public async Task Watch_SchedulerFails_IsPatientAndGoesOn()
    {
        await _system.SubmitAsync(FakePrograms.Jobs(1), Cancellation);
        _scheduler.Fails = 2;
        var next = _ends.MoveNextAsync().AsTask();

        await TickAsync(1);
        await TickAsync(2);
        _scheduler.End("1", new BatchJobEnd("1", BatchJobEndReason.Exited, 0));
        await TickAsync(4);

        Assert.True(await next);
        Assert.Equal(2, _log.Count(line => line.Contains("can't say how the jobs stand: it is down", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Watch_JobIsMissingOnce_IsStillWaitedFor()
    {
        await _system.SubmitAsync(FakePrograms.Jobs(2), Cancellation);
        var next = _ends.MoveNextAsync().AsTask();
        var whole = _scheduler.Jobs.ToList();

        _scheduler.Jobs.RemoveAt(1);
        await TickAsync(2);
        _scheduler.Jobs.Add(whole[1]);
        await TickAsync(1);
        _scheduler.Jobs.RemoveAt(1);
        await TickAsync(2);

        Assert.False(next.IsCompleted);
    }

    [Theory]
    [InlineData(BatchJobEndReason.Forgotten)]
    [InlineData(BatchJobEndReason.NodeLost)]
    public async Task Watch_JobIsForgotten_IsToldSo(BatchJobEndReason meaning)
    {
        _scheduler.Unaccounted = meaning;
        await _system.SubmitAsync(FakePrograms.Jobs(1), Cancellation);
        var next = _ends.MoveNextAsync().AsTask();
        _scheduler.Jobs.Clear();

        await TickAsync(3);

        Assert.True(await next);
        Assert.Equal(new BatchJobEnd("1", meaning), _ends.Current);
    }

    [Fact]
    public async Task Watch_JobHasLeftTheQueue_AccountsSayHow()
    {
        await _system.SubmitAsync(FakePrograms.Jobs(1), Cancellation);
        var next = _ends.MoveNextAsync().AsTask();
        _scheduler.Jobs.Clear();
        _scheduler.Known["1"] = new BatchJobEnd("1", BatchJobEndReason.TimeLimit);

        await TickAsync(1);

        Assert.True(await next);
        Assert.Equal(BatchJobEndReason.TimeLimit, _ends.Current.Reason);
    }

    [Fact]
    public async Task Watch_JobWeCancelledIsKnownNoMore_WasKilled()
    {
        await _system.SubmitAsync(FakePrograms.Jobs(1), Cancellation);
        var next = _ends.MoveNextAsync().AsTask();
        await _system.KillAsync(["1"], Cancellation);
        _scheduler.Jobs.Clear();

        await TickAsync(1);

        Assert.True(await next);
        Assert.Equal(BatchJobEndReason.Killed, _ends.Current.Reason);
    }

    [Fact]
    public async Task Watch_JobsListedAfterARestart_AreTold()
    {
        _scheduler.Jobs.Add(new BatchJobStatus("9", FakePrograms.Jobs(1)[0].Name, BatchJobState.Running));
        Assert.Single(await _system.ListAsync(FakePrograms.Jobs(1)[0].Name[..38], Cancellation));
        var next = _ends.MoveNextAsync().AsTask();
        _scheduler.End("9", new BatchJobEnd("9", BatchJobEndReason.NodeLost));

        await TickAsync(1);

        Assert.True(await next);
        Assert.Equal(BatchJobEndReason.NodeLost, _ends.Current.Reason);
    }

    [Fact]
    public async Task Watch_FailedJob_BringsItsOutputAndTheReasonInIt()
    {
        await _system.SubmitAsync(FakePrograms.Jobs(1), Cancellation);
        var next = _ends.MoveNextAsync().AsTask();
        Directory.CreateDirectory(_programs["logs"]);
        File.WriteAllText(_programs["logs/toil_job_100_batch_fake_1_std_error.log"], "killed: MEMORY\n");
        _scheduler.End("1", new BatchJobEnd("1", BatchJobEndReason.Exited, 137));

        await TickAsync(1);

        Assert.True(await next);
        Assert.Equal((BatchJobEndReason.OutOfMemory, "killed: MEMORY\n"), (_ends.Current.Reason, _ends.Current.Output));
    }

    [Fact]
    public async Task Watch_OddReasonToWait_IsLoggedOnce()
    {
        await _system.SubmitAsync(FakePrograms.Jobs(2), Cancellation);
        _ = _ends.MoveNextAsync().AsTask();
        _scheduler.Jobs[0] = _scheduler.Jobs[0] with { WaitsFor = "Held" };
        _scheduler.Jobs[1] = _scheduler.Jobs[1] with { WaitsFor = "Busy" };

        await TickAsync(3);

        Assert.Equal("Fake lets 1 of the jobs wait: Held.", Assert.Single(_log));
    }

    [Fact]
    public async Task List_WithinTheInterval_AsksOnce()
    {
        var prefix = FakePrograms.Jobs(1)[0].Name[..38];
        await _system.ListAsync(prefix, Cancellation);
        await _system.ListAsync(prefix, Cancellation);
        Assert.Equal(1, _scheduler.Lists);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        await _system.SubmitAsync(FakePrograms.Jobs(1), Cancellation);
        Assert.Single(await _system.ListAsync(prefix, Cancellation));
        Assert.Equal(2, _scheduler.Lists);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
        _programs.Dispose();
    }

    private async Task TickAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            while (_time.WaitingTimers == 0)
            {
                await Task.Yield();
            }

            _time.Advance(Interval);
            while (_time.WaitingTimers == 0 && !_scheduler.HasEnded)
            {
                await Task.Yield();
            }
        }
    }

    private sealed class FakeScheduler : IScheduler
    {
        private int _arrays;

        public string Title => "Fake";

        public int LargestArray { get; set; } = 1000;

        public List<BatchJobStatus> Jobs { get; } = [];

        public Dictionary<string, BatchJobEnd> Known { get; } = [];

        public int Lists { get; private set; }

        public int Accounts { get; private set; }

        public int Fails { get; set; }

        public BatchJobEndReason Unaccounted { get; set; } = BatchJobEndReason.Forgotten;

        /// <summary>An end has been told, or will be.</summary>
        public bool HasEnded => Known.Count > 0 || Jobs.Count == 0 || Jobs.Exists(job => job.State == BatchJobState.Ended);

        public void End(string id, BatchJobEnd end)
        {
            var at = Jobs.FindIndex(job => job.Id == id);
            Jobs[at] = Jobs[at] with { State = BatchJobState.Ended, End = end };
        }

        public Task<IReadOnlyList<string>> SubmitAsync(GridSubmission submission, CancellationToken cancellation)
        {
            var array = ++_arrays;
            List<string> ids = [.. submission.Jobs.Select(job => submission.IsArray || LargestArray < 1000 ? $"{array}.{job.Entry}" : $"{array}")];
            Jobs.AddRange(ids.Zip(submission.Jobs, (id, job) => new BatchJobStatus(id, job.Name, BatchJobState.Queued)));
            return Task.FromResult<IReadOnlyList<string>>(ids);
        }

        public Task<IReadOnlyList<BatchJobStatus>> ListAsync(string prefix, CancellationToken cancellation)
        {
            Lists++;
            return Fails-- > 0 ? throw new ToilException("it is down.") : Task.FromResult<IReadOnlyList<BatchJobStatus>>([.. Jobs]);
        }

        public Task<IReadOnlyList<BatchJobEnd>> AccountAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation)
        {
            Accounts++;
            return Task.FromResult<IReadOnlyList<BatchJobEnd>>([.. ids.Where(Known.ContainsKey).Select(id => Known[id])]);
        }

        public Task CancelAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation) => Task.CompletedTask;

        public BatchJobEndReason? ReasonIn(string output) => output.Contains("MEMORY", StringComparison.Ordinal) ? BatchJobEndReason.OutOfMemory : null;

        public bool IsOrdinary(string reason) => reason == "Busy";
    }
}
