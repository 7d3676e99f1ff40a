namespace Toil.JobStores;

/// <summary>
/// The right to lead a workflow, for a while at a time. Validity counts from before each renewal was sent, so it ends
/// here before anybody who watched the renewal may take over. Fencing of the journal is what keeps data safe; the lease
/// keeps a superseded leader from acting on what it believes.
/// </summary>
internal sealed class LeaderLease : IAsyncDisposable
{
    private readonly LeaseRecords _records;
    private readonly LeaseTerms _terms;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _renewing = new(1, 1);
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _stop = new();
    private volatile Validity _validity;
    private PeriodicTimer? _ticks;
    private Task _renewal = Task.CompletedTask;

    private LeaderLease(LeaseRecords records, LeaseTerms terms, TimeProvider time, LeaseHolder holder, LeaseMoment since)
    {
        _records = records;
        _terms = terms;
        _time = time;
        _validity = new Validity(holder, since);
    }

    public LeaseHolder Holder => _validity.Holder;

    /// <summary>Whether this process certainly leads. False means: <see cref="TryKeep"/> before acting on anything.</summary>
    public bool IsValid => !_lost.IsCancellationRequested && _validity.Since.Age(_time) < _terms.HeldFor;

    /// <summary>Cancelled when somebody else has taken the lease.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Why the last renewal failed; null when it didn't.</summary>
    public Exception? LastFailure { get; private set; }

    /// <summary>Takes the lease, waiting out a holder that may be dead.</summary>
    /// <exception cref="LeaderRunningException">The holder is alive.</exception>
    public static async Task<LeaderLease> TakeAsync(
        IBlobStore blobs,
        LeaseTerms? terms = null,
        HostProcesses? processes = null,
        TimeProvider? time = null,
        CancellationToken cancellationToken = default)
    {
        terms ??= LeaseTerms.Default;
        time ??= TimeProvider.System;
        var records = new LeaseRecords(blobs);
        var taker = new LeaseTaker(records, terms, processes ?? HostProcesses.Current, time);
        var (holder, since) = await taker.TakeAsync(cancellationToken).ConfigureAwait(false);
        return new LeaderLease(records, terms, time, holder, since);
    }

    /// <summary>For those who want the workflow stopped: its holder is alive, or was a moment ago.</summary>
    /// <exception cref="LeaderRunningException">It is.</exception>
    public static async Task ThrowIfHeldAsync(IBlobStore blobs, CancellationToken cancellationToken = default)
    {
        var (_, holder) = await new LeaseRecords(blobs).ReadNewestAsync(cancellationToken).ConfigureAwait(false);
        if (holder is { Released: false }
            && (HostProcesses.Current.IsAlive(holder) ?? DateTimeOffset.UtcNow - holder.RenewedAt < holder.Lasts))
        {
            throw new LeaderRunningException(holder);
        }
    }

    /// <summary>Renews from now on, until disposed or lost.</summary>
    public void StartRenewing() => _renewal = RenewRepeatedlyAsync(_ticks = new PeriodicTimer(_terms.RenewEvery, _time), _stop.Token);

    /// <summary>Renews once.</summary>
    /// <returns>False when somebody else has the lease.</returns>
    public async Task<bool> RenewAsync(CancellationToken cancellationToken = default)
    {
        await _renewing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return !_lost.IsCancellationRequested && await TryExtendAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _renewing.Release();
        }
    }

    /// <summary>
    /// Makes sure that this process leads, renewing a lease that has run out. That nobody has sealed the journal yet
    /// would prove nothing: somebody may be reading it in order to. But whoever takes over takes the lease first.
    /// </summary>
    /// <returns>False when somebody else has the lease.</returns>
    public bool TryKeep() => IsValid || RenewAsync().GetAwaiter().GetResult();

    /// <summary>Stops renewing and gives the lease back, so that the next leader needn't wait.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        _ticks?.Dispose();
        await _stop.CancelAsync().ConfigureAwait(false);
        await _renewal.ConfigureAwait(false);
        if (IsValid)
        {
            await TryReleaseAsync().ConfigureAwait(false);
        }

        _renewing.Dispose();
    }

    private async Task<bool> TryExtendAsync(CancellationToken cancellationToken)
    {
        var since = LeaseMoment.Now(_time);
        var holder = Holder with { RenewedAt = since.Utc, Renewals = Holder.Renewals + 1 };
        if (!await _records.IsNewestAsync(holder.Epoch, cancellationToken).ConfigureAwait(false))
        {
            return await LoseAsync().ConfigureAwait(false);
        }

        if (IsValid)
        {
            await _records.RewriteAsync(holder, cancellationToken).ConfigureAwait(false);
        }

        // A renewal that came too late may have escaped a taker, who then makes the next epoch: so must we.
        if (!IsValid)
        {
            holder = holder with { Epoch = holder.Epoch + 1 };
            if (!await _records.TryCreateAsync(holder, cancellationToken).ConfigureAwait(false))
            {
                return await LoseAsync().ConfigureAwait(false);
            }
        }

        _validity = new Validity(holder, since);
        return true;
    }

    private async Task<bool> LoseAsync()
    {
        await _lost.CancelAsync().ConfigureAwait(false);
        return false;
    }

    private async Task RenewRepeatedlyAsync(PeriodicTimer ticks, CancellationToken stop)
    {
        try
        {
            while (await ticks.WaitForNextTickAsync(CancellationToken.None).ConfigureAwait(false) && !_lost.IsCancellationRequested)
            {
                await TryRenewAsync(stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private async Task TryRenewAsync(CancellationToken stop)
    {
        try
        {
            await RenewAsync(stop).ConfigureAwait(false);
            LastFailure = null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // The lease lapses if this goes on; the next tick tries again.
            LastFailure = failure;
        }
    }

    private async Task TryReleaseAsync()
    {
        try
        {
            await _records.RewriteAsync(Holder with { Released = true }, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ToilException)
        {
            // It only costs the next leader a wait.
        }
    }

    private sealed record Validity(LeaseHolder Holder, LeaseMoment Since);
}
