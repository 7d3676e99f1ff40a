using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Toil.Agents;
using Toil.BatchSystems;
using Toil.JobStores;
using Toil.Leader;
using Toil.Tests.Fakes;
using Toil.Values;
using Xunit;

namespace Toil.Tests.BatchSystems.Pilots;

/// <summary>The fleet with a batch system that only notes what it is told, and pilots that the tests play.</summary>
public sealed class PilotFleetTests : IAsyncLifetime
{
    private static readonly Requirements Job = new(1, 10, 10);

    private readonly TemporaryDirectory _directory = new();
    private readonly FakeBatchSystem _system = new();
    private readonly RecordedEvents _events = new();
    private readonly Channel<(AttemptId Attempt, BatchJobEnd End, bool IsFree)> _lost = Channel.CreateUnbounded<(AttemptId, BatchJobEnd, bool)>();
    private readonly List<string> _log = [];
    private JobStore _store = null!;
    private PilotFleet _fleet = null!;
    private SharedBatchSystem _shared = null!;
    private int _number;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = await JobStore.CreateAsync(JobStoreLocator.ForPath(Path.Combine(_directory.Path, "store")), cancellationToken: Cancel);
        _fleet = NewFleet();
        _fleet.Begin();
    }

    public async ValueTask DisposeAsync()
    {
        await _fleet.DisposeAsync();
        await _store.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Queue_Growing_IsMetByPilotsUpToTheLimit()
    {
        Issue(3);
        Assert.Equal(2, (await SubmittedAsync()).Count);

        Issue(100);
        Assert.Single(await SubmittedAsync());
    }

    [Fact]
    public async Task Pilot_WithItsToken_GetsWorkAndKeepsItsEndUntilThatIsSettled()
    {
        Issue(1);
        await using var pilot = await ComeAsync(Assert.Single(await SubmittedAsync()));
        var order = await OrderAsync(pilot);

        pilot.Send(PilotMessage.Ended, Commit(order));
        var found = await _events.Commits.Reader.ReadAsync(Cancel);
        _fleet.TrySettle(order, committed: true);
        var settled = await ReceiveAsync(pilot, PilotMessage.Settled);

        Assert.Equal(order, found.Attempt);
        var reader = new ByteReader(settled.Span);
        Assert.Equal((order, true), (AttemptId.ReadFrom(ref reader), reader.ReadBool()));
    }

    [Fact]
    public async Task Pilot_WithAWrongToken_IsRefused()
    {
        Issue(1);
        var name = PilotKeys.Parse(Assert.Single(await SubmittedAsync()).Name)!;

        await using var channel = await CallAsync(name, new string('0', 64));

        Assert.Equal(PilotMessage.Refused, (await channel.ReceiveAsync(Cancel))!.Value.Message);
        Assert.Empty(_fleet.WhatRuns());
    }

    [Fact]
    public async Task Token_UsedBefore_IsRefused()
    {
        Issue(1);
        var job = Assert.Single(await SubmittedAsync());
        var name = PilotKeys.Parse(job.Name)!;
        var token = await TokenAsync(name);
        await using var first = await ComeAsync(job);

        await using var second = await CallAsync(name, token);

        Assert.Equal(PilotMessage.Refused, (await second.ReceiveAsync(Cancel))!.Value.Message);
        await Wait.UntilAsync(() => !Directory.EnumerateFiles(_directory.Path, name, SearchOption.AllDirectories).Any());
    }

    [Fact]
    public async Task Pilot_ThatEnds_LosesWhatItRan()
    {
        Issue(1);
        var job = Assert.Single(await SubmittedAsync());
        await using var pilot = await ComeAsync(job);
        var attempt = await OrderAsync(pilot);

        _system.End(new BatchJobEnd(job.Name, BatchJobEndReason.Preempted));
        var lost = await _lost.Reader.ReadAsync(Cancel);

        Assert.Equal((attempt, BatchJobEndReason.Preempted, false), (lost.Attempt, lost.End.Reason, lost.IsFree));
    }

    [Fact]
    public async Task Pilot_ThatComesBackWithoutAJob_HasNeverGotIt()
    {
        Issue(1);
        var job = Assert.Single(await SubmittedAsync());
        var name = PilotKeys.Parse(job.Name)!;
        var first = await CallAsync(name, await TokenAsync(name));
        var ticket = Text(await ReceiveAsync(first, PilotMessage.Welcome));
        _fleet.StartWhatFits(OrderOf);
        var attempt = await OrderAsync(first);
        first.Break();

        await using var second = await CallAsync(name, ticket);
        var lost = await _lost.Reader.ReadAsync(Cancel);

        Assert.Equal((attempt, true), (lost.Attempt, lost.IsFree));
    }

    [Theory]
    [InlineData(false, PilotMessage.Stop)]
    [InlineData(true, PilotMessage.Kill)]
    public async Task Pilot_ThatComesBack_IsToldAgainWhatItMayNotHaveHeard(bool isKilled, object expected)
    {
        Issue(1);
        var name = PilotKeys.Parse(Assert.Single(await SubmittedAsync()).Name)!;
        var first = await CallAsync(name, await TokenAsync(name));
        var ticket = Text(await ReceiveAsync(first, PilotMessage.Welcome));
        _fleet.StartWhatFits(OrderOf);
        var attempt = await OrderAsync(first);
        first.Break();
        Assert.True(_fleet.TryStop(attempt));
        Assert.True(!isKilled || _fleet.TryKill(attempt));

        await using var second = await CallAsync(name, ticket, new HeldAttempt(attempt, false, ResourceAmount.Of(Job)));
        await ReceiveAsync(second, PilotMessage.Welcome);
        var told = await ReceiveAsync(second, (PilotMessage)expected);

        var reader = new ByteReader(told.Span);
        Assert.Equal(attempt, AttemptId.ReadFrom(ref reader));
    }

    [Fact]
    public async Task Leader_Restarted_TakesBackWhatPilotsHaveAndNothingElse()
    {
        Issue(1);
        var job = Assert.Single(await SubmittedAsync());
        var name = PilotKeys.Parse(job.Name)!;
        var first = await CallAsync(name, await TokenAsync(name));
        var ticket = Text(await ReceiveAsync(first, PilotMessage.Welcome));
        _fleet.StartWhatFits(OrderOf);
        var attempt = await OrderAsync(first);
        await _fleet.DisposeAsync();
        var never = new AttemptId(99, 1, 99);
        _system.Listed = [new BatchJobStatus(job.Name, job.Name, BatchJobState.Running)];

        _fleet = NewFleet();
        _fleet.Await(attempt);
        _fleet.Await(never);
        _fleet.Begin();
        var stray = new HeldAttempt(new AttemptId(50, 1, 50), false, ResourceAmount.Of(Job));
        await using var second = await CallAsync(name, ticket, new HeldAttempt(attempt, false, ResourceAmount.Of(Job)), stray);
        var lost = await _lost.Reader.ReadAsync(Cancel);
        await ReceiveAsync(second, PilotMessage.Welcome);
        var killed = await ReceiveAsync(second, PilotMessage.Kill);

        Assert.Equal((never, true), (lost.Attempt, lost.IsFree));
        var reader = new ByteReader(killed.Span);
        Assert.Equal(stray.Attempt, AttemptId.ReadFrom(ref reader));
        Assert.Contains(_fleet.WhatRuns(), running => running.Attempt == attempt && running.Node.Contains("node (pilot", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pilots_ThatNeverCome_AreGivenUpAndSaidWhy()
    {
        Issue(1);
        for (var failure = 0; failure < 3; failure++)
        {
            _system.End(new BatchJobEnd(Assert.Single(await SubmittedAsync()).Name, BatchJobEndReason.Exited, 1) { Output = "why it failed" });
            await Wait.UntilAsync(() => _log.Count > failure);
            _fleet.StartWhatFits(OrderOf);
        }

        await Wait.UntilAsync(() => _fleet.IsGivenUp);
        Assert.Contains("why it failed", _log[0], StringComparison.Ordinal);
        Assert.Contains("--pilotAddress", _log[^1], StringComparison.Ordinal);
        Assert.Single(_fleet.TakeQueued());
        Assert.False(_fleet.Takes(Job));
    }

    [Fact]
    public async Task Pilot_ThatEndsWhileOthersAreSubmitted_IsMissed()
    {
        _system.TakesOneFirst = true;
        Issue(3);
        var lucky = (await SubmittedAsync())[0];
        _system.End(new BatchJobEnd(lucky.Name, BatchJobEndReason.Exited, 1));

        Assert.Single(await SubmittedAsync());
        await Wait.UntilAsync(() => _log.Exists(line => line.Contains($"A pilot ({lucky.Name}) ended", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Pilot_WhoseEndIsOnlyListed_IsMissed()
    {
        Issue(1);
        var job = Assert.Single(await SubmittedAsync());
        _system.Listed = [new BatchJobStatus(job.Name, job.Name, BatchJobState.Ended) { End = new BatchJobEnd(job.Name, BatchJobEndReason.Killed) }];

        await Wait.UntilAsync(async () =>
        {
            Assert.Empty(await _shared.ListAsync("toil-", Cancel));
            return _log.Exists(line => line.Contains($"A pilot ({job.Name}) ended", StringComparison.Ordinal));
        });
    }

    [Fact]
    public void Takes_WhatIsTooLarge_Not() => Assert.Equal((true, false), (_fleet.Takes(Job), _fleet.Takes(Job with { Cores = 3 })));

    private PilotFleet NewFleet()
    {
        var options = new RemoteBatchOptions
        {
            Store = _store,
            Setup = RemoteSetup.Of(new ToilOptions(), _store.WorkflowId, new Dictionary<Vehicle, WorkerSpec>()),
            Program = ["program"],
            Log = (_, text) => _log.Add(text),
        };
        var settings = new PilotSettings { Limit = 3, Size = new Requirements(2, 1000, 1000), Address = "127.0.0.1" };
        _shared = _system.Share();
        return new PilotFleet(settings, options, _shared, _events, (attempt, end, isFree) => _lost.Writer.TryWrite((attempt, end, isFree)));
    }

    private void Issue(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _fleet.Add(new AttemptId(++_number, 1, _number), Job);
        }

        _fleet.StartWhatFits(OrderOf);
    }

    private static LaunchOrder OrderOf(AttemptId attempt) => new(
        attempt, "job", 1, Job, Toil.Job.Of(() => 1).Code, ClrValues.Encode(1L).Bind(_ => 0));

    private ValueTask<IReadOnlyList<BatchJob>> SubmittedAsync() => _system.Submitted.Reader.ReadAsync(Cancel);

    private async Task<string> TokenAsync(string name) =>
        PilotLaunch.Decode((await _store.Blobs.ReadAllAsync(PilotKeys.LaunchOf(name), Cancel))!, name).Token;

    private async Task<PilotChannel> ComeAsync(BatchJob job)
    {
        var name = PilotKeys.Parse(job.Name)!;
        var channel = await CallAsync(name, await TokenAsync(name));
        await ReceiveAsync(channel, PilotMessage.Welcome);
        _fleet.StartWhatFits(OrderOf);
        return channel;
    }

    private async Task<PilotChannel> CallAsync(string name, string secret, params HeldAttempt[] held)
    {
        var connector = new PilotConnector(_store.Blobs, TimeProvider.System);
        PilotChannel? channel = null;
        await Wait.UntilAsync(async () => (channel = await connector.TryConnectAsync(Cancel)) is not null);
        var writer = new ByteWriter();
        new PilotHello(name, secret, "node", held).WriteTo(writer);
        channel!.Send(PilotMessage.Hello, writer);
        return channel;
    }

    private static async Task<AttemptId> OrderAsync(PilotChannel pilot)
    {
        var payload = await ReceiveAsync(pilot, PilotMessage.Run);
        var reader = new ByteReader(payload.Span);
        reader.ReadBool();
        return AttemptId.ReadFrom(ref reader);
    }

    private static async Task<ReadOnlyMemory<byte>> ReceiveAsync(PilotChannel channel, PilotMessage expected)
    {
        var (message, payload) = (await channel.ReceiveAsync(Cancel)) ?? throw new InvalidOperationException($"The connection ended where {expected} was expected.");
        Assert.Equal(expected, message);
        return payload.ToArray();
    }

    private static byte[] Commit(AttemptId attempt) =>
        new OutboxRecord(new AttemptOutcome(attempt, [1], null, new ResourceUsage(DateTimeOffset.UnixEpoch, default, default, 0)), "job", 1, []).Encode();

    private static string Text(ReadOnlyMemory<byte> payload)
    {
        var reader = new ByteReader(payload.Span);
        return reader.ReadString();
    }

    /// <summary>Each job's id is its name.</summary>
    private sealed class FakeBatchSystem : IExternalBatchSystem
    {
        private readonly Channel<BatchJobEnd> _ends = Channel.CreateUnbounded<BatchJobEnd>();
        private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Channel<IReadOnlyList<BatchJob>> Submitted { get; } = Channel.CreateUnbounded<IReadOnlyList<BatchJob>>();

        public IReadOnlyList<BatchJobStatus> Listed { get; set; } = [];

        /// <summary>The first of the next jobs is queued alone; the others aren't before an end has been told.</summary>
        public bool TakesOneFirst { get; set; }

        public void End(BatchJobEnd end) => _ends.Writer.TryWrite(end);

        /// <summary>Watched as the engine does for jobs.</summary>
        public SharedBatchSystem Share()
        {
            var shared = new SharedBatchSystem(this);
            _ = Task.Run(async () =>
            {
                await foreach (var end in shared.WatchAsync(Cancel))
                {
                    // Not of a job that anybody knows.
                }
            });
            return shared;
        }

        public async Task<IReadOnlyList<string>> SubmitAsync(IReadOnlyList<BatchJob> jobs, CancellationToken cancellation)
        {
            if (TakesOneFirst)
            {
                TakesOneFirst = false;
                Listed = [new BatchJobStatus(jobs[0].Name, jobs[0].Name, BatchJobState.Running)];
                Submitted.Writer.TryWrite([.. jobs]);
                throw new IOException("The connection was lost.");
            }

            if (Listed.Count > 0)
            {
                await _told.Task.WaitAsync(cancellation);
            }

            Submitted.Writer.TryWrite([.. jobs]);
            return [.. jobs.Select(job => job.Name)];
        }

        public Task<IReadOnlyList<BatchJobStatus>> ListAsync(string namePrefix, CancellationToken cancellation) => Task.FromResult(Listed);

        public Task KillAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation) => Task.CompletedTask;

        public async IAsyncEnumerable<BatchJobEnd> WatchAsync([EnumeratorCancellation] CancellationToken cancellation)
        {
            await foreach (var end in _ends.Reader.ReadAllAsync(cancellation))
            {
                yield return end;
                _told.TrySetResult();
            }
        }

        public ValueTask DisposeAsync() => default;
    }

    private sealed class RecordedEvents : IRemoteEvents
    {
        public Channel<AttemptOutcome> Commits { get; } = Channel.CreateUnbounded<AttemptOutcome>();

        public void Found(AttemptOutcome? commit, AttemptOutcome? otherwise) => Commits.Writer.TryWrite((commit ?? otherwise)!);

        public void Broken(Exception error) => Commits.Writer.TryComplete(error);

        public void Ended(AttemptOutcome outcome) { }

        public void Started(AttemptId attempt, EncodedValue value) { }

        public void Logged(AttemptId attempt, string jobName, LogLevel level, string message) { }

        public void Submitted(Submission submission) { }

        public void Changed() { }
    }

    private static class Wait
    {
        public static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

        /// <summary>What is waited for happens on other threads, which tell nobody.</summary>
        public static async Task UntilAsync(Func<Task<bool>> condition)
        {
            while (!await condition())
            {
                await Task.Delay(5, Cancel);
            }
        }
    }
}
