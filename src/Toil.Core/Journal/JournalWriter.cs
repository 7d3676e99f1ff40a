namespace Toil.Journaling;

/// <summary>
/// Writes the journal of one leader. One thread appends; a flush may be in flight meanwhile; any thread may read.
/// After the first failure nothing works any more: a sync that failed once may claim success the next time.
/// </summary>
internal sealed class JournalWriter : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly IJournalFiles _files;
    private readonly SegmentFiles _segments;
    private OpenSegment _segment;
    private GroupBuffer _open = new();
    private GroupBuffer _spare = new();
    private GroupBuffer? _inFlight;
    private JournalPosition _durable;
    private Exception? _unusable;
    private bool _snapshotOpen;

    private JournalWriter(IJournalFiles files, OpenSegment segment, SegmentId checkedFrom)
    {
        _files = files;
        _segments = new SegmentFiles(files) { CheckedFrom = checkedFrom };
        _segment = segment;
        _durable = segment.Header.Start;
        _open.Reset(_durable.Offset);
    }

    public int Epoch => _segment.Header.Id.Epoch;

    /// <summary>Records appended since the last flush began.</summary>
    public int PendingRecords => _open.Records;

    /// <summary>Bytes appended since the last flush began, framing included.</summary>
    public long PendingBytes => _open.BodyLength;

    /// <summary>Journal records that would survive a power cut now.</summary>
    public long DurableRecords
    {
        get
        {
            lock (_gate)
            {
                return _durable.Records;
            }
        }
    }

    /// <summary>Takes the journal over at the point up to which it was replayed: what anyone wrote behind it is void from now on.</summary>
    /// <exception cref="JournalFencedException">Another leader was faster.</exception>
    public static JournalWriter TakeOver(IJournalFiles files, JournalEnd end) =>
        new(files, OpenSegment.TakeOver(files, end), end.CheckedFrom);

    /// <summary>Adds a record to the next group.</summary>
    /// <returns>Where its payload will be.</returns>
    public RecordLocation Append(ReadOnlySpan<byte> record)
    {
        lock (_gate)
        {
            ThrowIfUnusable();
            return new RecordLocation(_segment.Header.Id.Number, _open.Append(record), record.Length);
        }
    }

    /// <summary>
    /// Makes everything appended so far durable, as one group with one write and one sync. Cancellation counts only
    /// before it starts. One flush at a time.
    /// </summary>
    /// <returns>The number of durable records in the whole journal.</returns>
    public ValueTask<long> FlushAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return TryBeginFlush() ? new ValueTask<long>(Task.Run(WriteInFlight, CancellationToken.None)) : ValueTask.FromResult(DurableRecords);
    }

    /// <summary>Does the same on the caller's thread.</summary>
    public long Flush() => TryBeginFlush() ? WriteInFlight() : DurableRecords;

    /// <summary>Reads a record or a part of one, durable or pending.</summary>
    public ReadOnlyMemory<byte> Read(RecordLocation location)
    {
        lock (_gate)
        {
            ThrowIfUnusable();
            if (location.Segment == _segment.Header.Id.Number && location.Offset + location.Length > _durable.Offset)
            {
                return ReadPending(location);
            }
        }

        return _segments.Read(location);
    }

    /// <summary>Whether a later leader has taken over. Cheap: one look for one file.</summary>
    public bool IsFenced() => _files.Exists(SegmentId.FirstOf(Epoch + 1).FileName);

    /// <summary>
    /// Begins a new segment with a snapshot of the state that all records so far have led to. Nothing may be pending;
    /// no record may be appended until the snapshot is completed or disposed.
    /// </summary>
    public JournalSnapshot BeginSnapshot()
    {
        lock (_gate)
        {
            ThrowIfUnusable();
            ThrowIfInFlight();
            if (_open.Records > 0)
            {
                throw new InvalidOperationException("A snapshot stands for what is durable: flush the pending records first.");
            }

            var snapshot = new JournalSnapshot(this, _files, _segment.Header.Id.Next(), _durable);
            _snapshotOpen = true;
            return snapshot;
        }
    }

    /// <summary>Flushes what is pending and records where the journal ends, so that a later loss of its tail is noticed.</summary>
    public async Task CloseAsync()
    {
        await FlushAsync().ConfigureAwait(false);
        lock (_gate)
        {
            ThrowIfUnusable();
            Guarded(() => CloseMarker.Publish(_files, _durable));
            _unusable = new ObjectDisposedException(nameof(JournalWriter), "The journal has been closed.");
        }
    }

    /// <summary>Lets go of the files. What is pending and not flushed is lost, as in a crash.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _unusable ??= new ObjectDisposedException(nameof(JournalWriter));
            _segment.File.Dispose();
            _segments.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    internal void Continue(OpenSegment segment)
    {
        lock (_gate)
        {
            _segment.File.Dispose();
            _segment = segment;
            _durable = segment.Header.Start;
            _open.Reset(_durable.Offset);
            _snapshotOpen = false;
        }
    }

    internal void AbandonSnapshot()
    {
        lock (_gate)
        {
            _snapshotOpen = false;
        }
    }

    internal JournalFailedException Poison(Exception cause)
    {
        lock (_gate)
        {
            var failure = new JournalFailedException(_files.Describe(_segment.Header.Id.FileName), cause);
            _unusable ??= failure;
            return failure;
        }
    }

    /// <returns>False when nothing is pending.</returns>
    private bool TryBeginFlush()
    {
        lock (_gate)
        {
            ThrowIfUnusable();
            ThrowIfInFlight();
            if (_open.Records == 0)
            {
                return false;
            }

            _inFlight = _open;
            _open = _spare;
            _open.Reset(_inFlight.End);
            return true;
        }
    }

    private long WriteInFlight()
    {
        var group = _inFlight!;
        var durable = Guarded(() =>
        {
            var header = group.Seal(_durable, _segment.Header.Nonce, isSnapshot: false);
            _segment.File.Write(group.Start, group.Bytes);
            _segment.File.Sync();
            return _durable.After(header);
        });
        lock (_gate)
        {
            _durable = durable;
            _spare = group;
            _inFlight = null;
            return durable.Records;
        }
    }

    private ReadOnlyMemory<byte> ReadPending(RecordLocation location)
    {
        var holder = _open.Holds(location.Offset, location.Length) ? _open : _inFlight;
        return holder is not null && holder.Holds(location.Offset, location.Length)
            ? holder.Copy(location.Offset, location.Length)
            : throw new ArgumentOutOfRangeException(nameof(location), location, "No record has been appended there.");
    }

    private T Guarded<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception cause)
        {
            throw Poison(cause);
        }
    }

    private void ThrowIfUnusable()
    {
        switch (_unusable)
        {
            case null when _snapshotOpen:
                throw new InvalidOperationException("A snapshot is being written: complete or dispose it first.");
            case null:
                return;
            case JournalFailedException failure:
                throw new JournalFailedException(_files.Describe(_segment.Header.Id.FileName), failure.InnerException!);
            default:
                throw _unusable;
        }
    }

    private void ThrowIfInFlight()
    {
        if (_inFlight is not null)
        {
            throw new InvalidOperationException("A flush is in flight: await it first.");
        }
    }
}
