using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Toil.Agents;

namespace Toil.BatchSystems;

/// <summary>
/// A batch system that runs pilots as well as jobs, as two: what it lists and tells of the ones isn't seen by the other. It is watched by whoever
/// watches the jobs.
/// </summary>
internal sealed class SharedBatchSystem(IExternalBatchSystem inner) : IExternalBatchSystem
{
    private readonly ConcurrentDictionary<string, bool> _pilots = new();

    /// <summary>Ends of whatever it was, while pilots are being submitted whose ids aren't known yet.</summary>
    private readonly ConcurrentDictionary<string, BatchJobEnd> _unclaimed = new();
    private readonly Channel<BatchJobEnd> _ends = Channel.CreateUnbounded<BatchJobEnd>();
    private volatile bool _isSubmitting;

    public Requirements? Largest => inner.Largest;

    public TimeSpan VisibilityGrace => inner.VisibilityGrace;

    public Task<IReadOnlyList<string>> SubmitAsync(IReadOnlyList<BatchJob> jobs, CancellationToken cancellation) => inner.SubmitAsync(jobs, cancellation);

    /// <remarks>Whoever lists jobs after a pause in watching learns of ends that were missed: so do the pilots.</remarks>
    public async Task<IReadOnlyList<BatchJobStatus>> ListAsync(string namePrefix, CancellationToken cancellation)
    {
        var listed = (await inner.ListAsync(namePrefix, cancellation).ConfigureAwait(false)).ToLookup(status => PilotKeys.Parse(status.Name) is not null);
        foreach (var status in listed[true].Where(status => status.State == BatchJobState.Ended && _pilots.ContainsKey(status.Id)))
        {
            _ends.Writer.TryWrite(status.End ?? new BatchJobEnd(status.Id, BatchJobEndReason.NodeLost));
        }

        return [.. listed[false]];
    }

    public Task KillAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation) => inner.KillAsync(ids, cancellation);

    public async IAsyncEnumerable<BatchJobEnd> WatchAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var end in inner.WatchAsync(cancellation).ConfigureAwait(false))
        {
            if (_isSubmitting)
            {
                _unclaimed[end.Id] = end;
            }

            if (_pilots.ContainsKey(end.Id))
            {
                _ends.Writer.TryWrite(end);
            }
            else
            {
                yield return end;
            }
        }
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    /// <summary>Pilots are about to be submitted: ends are kept until <see cref="EndSubmission"/>, since some may be theirs, even when a call has failed.</summary>
    public void BeginSubmission() => _isSubmitting = true;

    /// <summary>All pilots have been submitted, or none will be any more.</summary>
    public void EndSubmission()
    {
        _isSubmitting = false;
        _unclaimed.Clear();
    }

    /// <inheritdoc cref="IExternalBatchSystem.SubmitAsync"/>
    public async Task<IReadOnlyList<string>> SubmitPilotsAsync(IReadOnlyList<BatchJob> jobs, CancellationToken cancellation)
    {
        var ids = await inner.SubmitAsync(jobs, cancellation).ConfigureAwait(false);
        foreach (var id in ids)
        {
            Claim(id);
        }

        return ids;
    }

    /// <summary>The pilots among what <see cref="IExternalBatchSystem.ListAsync"/> lists.</summary>
    public async Task<IReadOnlyList<BatchJobStatus>> ListPilotsAsync(string namePrefix, CancellationToken cancellation)
    {
        var listed = (await inner.ListAsync(namePrefix, cancellation).ConfigureAwait(false)).Where(status => PilotKeys.Parse(status.Name) is not null).ToList();
        listed.ForEach(status => Claim(status.Id));
        return listed;
    }

    /// <summary>Tells of the ends of pilots, until it is cancelled.</summary>
    public IAsyncEnumerable<BatchJobEnd> WatchPilotsAsync(CancellationToken cancellation) => _ends.Reader.ReadAllAsync(cancellation);

    private void Claim(string id)
    {
        if (_pilots.TryAdd(id, true) && _unclaimed.TryGetValue(id, out var end))
        {
            _ends.Writer.TryWrite(end);
        }
    }
}
