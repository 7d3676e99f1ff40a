using System.Threading.Channels;
using Toil.Agents;
using Toil.JobStores;
using Toil.Leader;
using Toil.Values;

namespace Toil.BatchSystems;

/// <summary>
/// Runs attempts through an <see cref="IExternalBatchSystem"/>, and engine work that takes microseconds through an agent in this process. The
/// leader's thread never waits here: what is asked of the scheduler and of the job store is done in the background, in order.
/// </summary>
internal sealed class RemoteBatchSystem : IBatchSystem
{
    /// <summary>So many launch orders are in memory at most, until they have been submitted; but bundles are made out of all that there are.</summary>
    private const int MostOrders = 4000;

    private readonly IExternalBatchSystem _system;
    private readonly IAgent _local;
    private readonly RemoteBatchOptions _options;
    private readonly IRemoteEvents _events;
    private readonly RemoteAttempts _attempts = new();
    private readonly Coalescing _coalescing;
    private readonly RemoteOutbox _outbox;
    private readonly RemoteSubmitter _submitter;
    private readonly RemoteStanding _standing;
    private readonly BackgroundWork _background;
    private readonly List<Submission> _found = [];
    private readonly Queue<AttemptId> _queued = [];
    private readonly List<AttemptId> _inline = [];
    private readonly HashSet<AttemptId> _withdrawn = [];
    private readonly Channel<Func<Task>> _requests = Channel.CreateUnbounded<Func<Task>>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Apart, because submissions may be held up for long.</summary>
    private readonly Channel<string> _kills = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _closing = new();
    private bool _hasBegun;
    private volatile bool _isHolding;

    public RemoteBatchSystem(IExternalBatchSystem system, IAgent local, RemoteBatchOptions options, IRemoteEvents events)
    {
        (_system, _local, _options, _events) = (system, local, options, events);
        _background = new BackgroundWork(events, _closing.Token);
        _standing = new RemoteStanding(system, options, _attempts);
        var runTimes = new RunTimes();
        _coalescing = new Coalescing(options.Setup.CoalesceTime, runTimes, options.Time);
        _outbox = new RemoteOutbox(options, _attempts, events, runTimes, system.VisibilityGrace, _background.Run);
        _submitter = new RemoteSubmitter(system, options, _attempts, _coalescing, _outbox, events, _background.Run);
        runTimes.Learned += RequestSubmission;
    }

    public Requirements? Largest => _system.Largest;

    public bool SharesFiles => false;

    /// <summary>What waits for durability waits to be submitted.</summary>
    public bool IsStarved => true;

    public void Attach(Submission submission)
    {
        _found.Add(submission);
        _attempts.Add(new RemoteAttempt(submission.Attempt));
        if (submission.Launch.Length > 0)
        {
            _attempts.UseLaunch(submission.Attempt, submission.Launch);
        }
    }

    public void Issue(AttemptId attempt, Requirements requirements, bool isInline)
    {
        if (isInline)
        {
            _inline.Add(attempt);
        }
        else
        {
            _queued.Enqueue(attempt);
        }
    }

    public void StartWhatFits(Func<AttemptId, LaunchOrder?> orderOf)
    {
        if (!_hasBegun)
        {
            Begin();
        }

        foreach (var order in _inline.Where(IsWanted).Select(orderOf).OfType<LaunchOrder>())
        {
            _local.Launch(order);
        }

        _inline.Clear();
        if (_queued.Count > 0)
        {
            Submit(orderOf);
        }

        if (_queued.Count == 0)
        {
            _withdrawn.Clear();
        }
    }

    public void Ended(AttemptId attempt) { }

    /// <summary>Whatever ran an attempt is gone: its end is looked for in the job store.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="end">How what ran it has ended.</param>
    /// <param name="isFree">Whether that is nobody's fault, and uses no try.</param>
    public void TakeOver(AttemptId attempt, BatchJobEnd end, bool isFree)
    {
        var lost = new RemoteAttempt(attempt) { IsKilled = isFree };
        _attempts.Add(lost);
        _outbox.LookInto([lost], end, _closing.Token);
    }

    public void Kill(AttemptId attempt)
    {
        if (_attempts.Kill(attempt) is { } id)
        {
            _kills.Writer.TryWrite(id);
        }
        else if (_attempts.Find(attempt) is { Job: null } && _coalescing.IsOn)
        {
            // It may be one that waits for others: that is over.
            RequestSubmission();
        }
        else
        {
            if (_queued.Count + _inline.Count > 0)
            {
                _withdrawn.Add(attempt);
            }

            _local.Kill(attempt);
        }
    }

    public void Stop(AttemptId attempt)
    {
        if (_attempts.Find(attempt) is not null)
        {
            _outbox.TellToStop(attempt, _closing.Token);
        }
        else
        {
            _local.Stop(attempt);
        }
    }

    public void Settled(AttemptId attempt, bool committed)
    {
        _local.Settled(attempt, committed);
        _outbox.Settled(attempt, committed);
    }

    public void Discard(AttemptId attempt) => _outbox.Discard(attempt);

    public Task RefreshAsync(CancellationToken cancellation) => _standing.RefreshAsync(cancellation);

    public IReadOnlyList<RunningAttempt> WhatRuns() => [.. _local.WhatRuns(), .. _standing.WhatRuns()];

    public IReadOnlyList<AnsweredWait> WhatWaits() => _standing.WhatWaits();

    public string? WhatHoldsJobsUp() => _standing.WhatHoldsJobsUp();

    public async ValueTask DisposeAsync()
    {
        // What runs is left alone: it belongs to the next leader, if there is one.
        await _closing.CancelAsync().ConfigureAwait(false);
        await _background.EndAsync().ConfigureAwait(false);
        await _outbox.Cleaned.ConfigureAwait(false);
        await RemoveBundlesAsync().ConfigureAwait(false);
        await _local.DisposeAsync().ConfigureAwait(false);
        await _system.DisposeAsync().ConfigureAwait(false);
        _closing.Dispose();
    }

    /// <summary>A leader that was killed between a submission and its record leaves a bundle that no attempt names.</summary>
    private async Task RemoveBundlesAsync()
    {
        if (!_attempts.IsEmpty)
        {
            return;
        }

        try
        {
            await _submitter.RemoveUnusedBundlesAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (ToilException failure)
        {
            _options.Log(LogLevel.Warning, $"Launch bundles are left in the job store: {failure.Message}");
        }
    }

    private void Begin()
    {
        _hasBegun = true;
        var found = _found.ToList();
        Request(() => _submitter.AttachAsync(found, _closing.Token));
        _background.Run(RequestsAsync);
        _background.Run(KillsAsync);
        _background.Run(WatchAsync);
        _background.Run(ServicesAsync);
        if (_coalescing.IsOn)
        {
            _background.Run(TakeEarlyAsync);
        }
    }

    private void Submit(Func<AttemptId, LaunchOrder?> orderOf)
    {
        var orders = new List<LaunchOrder>();
        var room = _coalescing.IsOn ? int.MaxValue : MostOrders - _submitter.Pending;
        while (orders.Count < room && _queued.TryDequeue(out var attempt))
        {
            if (IsWanted(attempt) && orderOf(attempt) is { } order)
            {
                _attempts.Add(_coalescing.IsOn
                    ? new RemoteAttempt(order.Attempt) { Name = order.JobName, Code = order.Code.Id, IsService = order.IsService }
                    : new RemoteAttempt(order.Attempt) { IsService = order.IsService });
                orders.Add(order);
            }
        }

        if (orders.Count > 0)
        {
            _submitter.Queue(orders);
            RequestSubmission();
        }
    }

    private bool IsWanted(AttemptId attempt) => !_withdrawn.Contains(attempt);

    private void RequestSubmission() => Request(SubmitAsync);

    private async Task SubmitAsync()
    {
        await _submitter.SubmitQueuedAsync(_closing.Token).ConfigureAwait(false);
        if (_coalescing.NextRelease is { } wait && !_isHolding)
        {
            _isHolding = true;
            _background.Run(() => ReleaseAsync(wait > TimeSpan.Zero ? wait : TimeSpan.Zero));
        }
    }

    /// <summary>What waits for what others tell doesn't wait for ever.</summary>
    private async Task ReleaseAsync(TimeSpan wait)
    {
        await Task.Delay(wait, _options.Time, _closing.Token).ConfigureAwait(false);
        _isHolding = false;
        RequestSubmission();
    }

    /// <summary>What one job of the batch system runs ends before it does: it is looked for as often as the batch system is asked, while there is such a job.</summary>
    private async Task TakeEarlyAsync()
    {
        var persistence = new Persistence("job store", _options.Time, _options.Log);
        var known = new HashSet<string>();
        while (true)
        {
            await Task.Delay(_options.PollingInterval, _options.Time, _closing.Token).ConfigureAwait(false);
            if (_attempts.HasBundles)
            {
                await persistence.InsistAsync("be asked for results", () => _outbox.TakeEarlyAsync(known, _closing.Token), _closing.Token).ConfigureAwait(false);
            }
        }
    }

    private void Request(Func<Task> request) => _requests.Writer.TryWrite(request);

    private async Task RequestsAsync()
    {
        await foreach (var request in _requests.Reader.ReadAllAsync(_closing.Token).ConfigureAwait(false))
        {
            await request().ConfigureAwait(false);
        }
    }

    private async Task KillsAsync()
    {
        while (await _kills.Reader.WaitToReadAsync(_closing.Token).ConfigureAwait(false))
        {
            var ids = new List<string>();
            while (_kills.Reader.TryRead(out var id))
            {
                ids.Add(id);
            }

            await _submitter.KillAsync(ids, _closing.Token).ConfigureAwait(false);
        }
    }

    private async Task WatchAsync()
    {
        var persistence = new Persistence("batch system", _options.Time, _options.Log);
        var isFirst = true;
        await persistence.InsistAsync("tell of jobs that end", () => WatchAsync(misses: !Interlocked.Exchange(ref isFirst, false)), _closing.Token).ConfigureAwait(false);
    }

    private async Task<bool> WatchAsync(bool misses)
    {
        if (misses)
        {
            foreach (var status in await _system.ListAsync(_options.NamePrefix, _closing.Token).ConfigureAwait(false))
            {
                if (status.State == BatchJobState.Ended && _attempts.FindAll(status.Id) is { Length: > 0 } attempts)
                {
                    _submitter.Found(attempts, status, _closing.Token);
                }
            }
        }

        await foreach (var end in _system.WatchAsync(_closing.Token).ConfigureAwait(false))
        {
            _outbox.LookInto(_attempts.FindEnded(end), end, _closing.Token);
        }

        _closing.Token.ThrowIfCancellationRequested();
        throw new ToilException("it stopped telling.");
    }

    /// <summary>Looks for word of services that start, at the interval that users choose; at nothing while there are none.</summary>
    private async Task ServicesAsync()
    {
        var persistence = new Persistence("job store", _options.Time, _options.Log);
        while (true)
        {
            await Task.Delay(_options.Setup.ServicePollingInterval, _options.Time, _closing.Token).ConfigureAwait(false);
            foreach (var service in _attempts.StartingServices())
            {
                await persistence.InsistAsync("be asked for mail", () => ReadMailAsync(service), _closing.Token).ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> ReadMailAsync(RemoteAttempt service)
    {
        var key = RemoteKeys.StartedOf(service.Attempt);
        if (await _options.Store.Blobs.ReadAllAsync(key, _closing.Token).ConfigureAwait(false) is not { } bytes)
        {
            return false;
        }

        service.HasStarted = true;
        _events.Started(service.Attempt, ReadValue(bytes, key));
        return true;
    }

    private static EncodedValue ReadValue(byte[] bytes, string key)
    {
        var reader = new ByteReader(SealedBytes.Open(bytes, key).Span);
        return EncodedValue.ReadFrom(ref reader);
    }
}
