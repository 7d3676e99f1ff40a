namespace Toil.JobStores;

/// <summary>Gets hold of a workflow's lease, if it takes waiting.</summary>
internal sealed class LeaseTaker(LeaseRecords records, LeaseTerms terms, HostProcesses processes, TimeProvider time)
{
    /// <exception cref="LeaderRunningException">The holder is alive.</exception>
    public async Task<(LeaseHolder Holder, LeaseMoment Since)> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var (epoch, holder) = await records.ReadNewestAsync(cancellationToken).ConfigureAwait(false);
            if (holder is { Released: false })
            {
                await OutliveAsync(holder, cancellationToken).ConfigureAwait(false);
            }

            var since = LeaseMoment.Now(time);
            var ours = processes.Introduce(epoch + 1, terms, since.Utc);
            if (!await records.TryCreateAsync(ours, cancellationToken).ConfigureAwait(false))
            {
                continue;
            }

            // A listing may have missed a record that took the place of another meanwhile.
            if (await records.IsNewestAsync(ours.Epoch, cancellationToken).ConfigureAwait(false))
            {
                await records.DeleteOldAsync(ours.Epoch, cancellationToken).ConfigureAwait(false);
                return (ours, since);
            }

            await records.DeleteAsync(ours.Epoch, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task OutliveAsync(LeaseHolder holder, CancellationToken cancellationToken)
    {
        switch (processes.IsAlive(holder))
        {
            case true:
                throw new LeaderRunningException(holder);
            case null:
                await WaitOutAsync(holder, cancellationToken).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>Clocks of two hosts can't be compared, so what counts is that nothing has changed for as long as the lease lasts here.</summary>
    private async Task WaitOutAsync(LeaseHolder seen, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) <= seen.Lasts)
        {
            await Task.Delay(terms.PollEvery, time, cancellationToken).ConfigureAwait(false);
            var (_, now) = await records.ReadNewestAsync(cancellationToken).ConfigureAwait(false);
            if (now is null or { Released: true })
            {
                return;
            }

            if (now != seen)
            {
                throw new LeaderRunningException(now);
            }
        }
    }
}
