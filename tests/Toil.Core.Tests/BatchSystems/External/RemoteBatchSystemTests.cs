using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Toil.Agents;
using Toil.BatchSystems;
using Toil.JobStores;
using Toil.Leader;
using Toil.Tests.Fakes;
using Toil.Values;
using Xunit;

namespace Toil.Tests.BatchSystems.External;

/// <summary>What the leader's thread sees of a batch system elsewhere.</summary>
public sealed class RemoteBatchSystemTests : IAsyncLifetime
{
    private const int Many = 10_000;
    private const int MostOrders = 4000;

    private readonly TemporaryDirectory _directory = new();
    private readonly Surroundings _around = new();
    private readonly List<AttemptId> _ordered = [];
    private JobStore _store = null!;
    private RemoteBatchSystem _system = null!;
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = await JobStore.CreateAsync(JobStoreLocator.ForPath(_directory["store"]), cancellationToken: Cancel);
        var options = new RemoteBatchOptions
        {
            Store = _store,
            Setup = RemoteSetup.Of(new ToilOptions(), _store.WorkflowId, new Dictionary<Vehicle, WorkerSpec>()),
            Program = ["program"],
            Log = (_, _) => { },
        };
        _system = new RemoteBatchSystem(_around, _around, options, _around);
    }

    public async ValueTask DisposeAsync()
    {
        await _system.DisposeAsync();
        await _store.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task StartWhatFits_ThousandsIssued_OrdersAreMadeAsTheyAreSubmitted()
    {
        var attempts = Enumerable.Range(1, Many).Select(number => new AttemptId(number, 1, number)).ToList();
        attempts.ForEach(attempt => _system.Issue(attempt, new Requirements(1, 10, 10), isInline: false));

        _system.StartWhatFits(OrderOf);
        _system.StartWhatFits(OrderOf);
        Assert.Equal(attempts[..MostOrders], _ordered);
        _system.Kill(attempts[^2]);
        _around.Takes.SetResult();
        while (_around.Count < Many - 1)
        {
            await _around.Changes.Reader.ReadAsync(Cancel);
            _system.StartWhatFits(OrderOf);
        }

        Assert.Equal([.. attempts[..^2], attempts[^1]], _ordered);
    }

    [Fact]
    public void StartWhatFits_InlineWorkBehindThousands_BeginsAtOnce()
    {
        for (var number = 1; number <= Many; number++)
        {
            _system.Issue(new AttemptId(number, 1, number), new Requirements(1, 10, 10), isInline: false);
        }

        var inline = new AttemptId(Many + 1, 1, Many + 1);
        _system.Issue(inline, new Requirements(1, 10, 10), isInline: true);
        _system.StartWhatFits(OrderOf);

        Assert.Equal(inline, _ordered[0]);
        _around.Takes.SetResult();
    }

    private LaunchOrder OrderOf(AttemptId attempt)
    {
        _ordered.Add(attempt);
        return new LaunchOrder(attempt, "job", 1, new Requirements(1, 10, 10), Job.Of(() => 1).Code, ClrValues.Encode(1L).Bind(_ => 0));
    }

    /// <summary>A batch system that takes jobs once it is told to, and all that listens.</summary>
    private sealed class Surroundings : IExternalBatchSystem, IRemoteEvents, IAgent
    {
        private int _submitted;

        public TaskCompletionSource Takes { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Channel<bool> Changes { get; } = Channel.CreateUnbounded<bool>();

        public int Count => Volatile.Read(ref _submitted);

        public async Task<IReadOnlyList<string>> SubmitAsync(IReadOnlyList<BatchJob> jobs, CancellationToken cancellation)
        {
            await Takes.Task.WaitAsync(cancellation);
            return [.. jobs.Select(job => job.Name)];
        }

        public Task<IReadOnlyList<BatchJobStatus>> ListAsync(string namePrefix, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<BatchJobStatus>>([]);

        public Task KillAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation) => Task.CompletedTask;

        public async IAsyncEnumerable<BatchJobEnd> WatchAsync([EnumeratorCancellation] CancellationToken cancellation)
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            yield break;
        }

        public void Submitted(Submission submission) => Interlocked.Increment(ref _submitted);

        public void Changed() => Changes.Writer.TryWrite(true);

        public void Found(AttemptOutcome? commit, AttemptOutcome? otherwise) { }

        public void Broken(Exception error) => Changes.Writer.TryComplete(error);

        public void Ended(AttemptOutcome outcome) { }

        public void Started(AttemptId attempt, EncodedValue value) { }

        public void Logged(AttemptId attempt, string jobName, LogLevel level, string message) { }

        public void Launch(LaunchOrder order) { }

        public IReadOnlyList<RunningAttempt> WhatRuns() => [];

        public void Kill(AttemptId attempt) { }

        public void Stop(AttemptId attempt) { }

        public void Settled(AttemptId attempt, bool committed) { }

        public ValueTask DisposeAsync() => default;
    }
}
