namespace Toil.Journaling;

/// <summary>
/// A snapshot while it is written: a draft file that becomes the journal's next segment when it is complete, and
/// vanishes if it never is.
/// </summary>
internal sealed class JournalSnapshot : IDisposable
{
    private const int GroupSize = 1 << 20;

    private readonly JournalWriter _writer;
    private readonly IJournalFiles _files;
    private readonly GroupBuffer _group = new();
    private readonly IJournalFile _draft;
    private readonly SegmentHeader _header;
    private JournalPosition _end;
    private bool _ended;

    internal JournalSnapshot(JournalWriter writer, IJournalFiles files, SegmentId id, JournalPosition before)
    {
        _writer = writer;
        _files = files;
        _draft = files.CreateDraft();
        _header = new SegmentHeader { Id = id, Nonce = OpenSegment.NewNonce(), Before = before };
        _end = _header.SnapshotStart;
        _group.Reset(_end.Offset);
    }

    /// <returns>Where the record is once the snapshot is complete.</returns>
    public RecordLocation Append(ReadOnlySpan<byte> record)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        var location = new RecordLocation(_header.Id.Number, _group.Append(record), record.Length);
        if (_group.BodyLength >= GroupSize)
        {
            WriteGroup();
        }

        return location;
    }

    /// <summary>Makes the snapshot durable; from here on the journal continues in the new segment.</summary>
    /// <exception cref="JournalFencedException">Another leader has taken over.</exception>
    public async Task CompleteAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        cancellationToken.ThrowIfCancellationRequested();
        _ended = true;
        var segment = await Task.Run(Publish, CancellationToken.None).ConfigureAwait(false);
        _writer.Continue(segment);
    }

    public void Dispose()
    {
        if (!_ended)
        {
            _ended = true;
            _draft.Dispose();
            _writer.AbandonSnapshot();
        }
    }

    private OpenSegment Publish()
    {
        try
        {
            if (_group.Records > 0)
            {
                WriteGroup();
            }

            var header = _header with
            {
                SnapshotEnd = _end.Offset,
                SnapshotRecords = _end.Records,
                SnapshotDigest = _end.Digest,
            };
            return OpenSegment.Publish(_files, _draft, header);
        }
        catch (Exception cause)
        {
            // Whether the new segment exists is unknown now, so going on in the old one could write void bytes.
            var failure = _writer.Poison(cause);
            throw cause is JournalFencedException ? cause : failure;
        }
    }

    private void WriteGroup()
    {
        var header = _group.Seal(_end, _header.Nonce, isSnapshot: true);
        _draft.Write(_group.Start, _group.Bytes);
        _end = _end.After(header);
        _group.Reset(_end.Offset);
    }
}
