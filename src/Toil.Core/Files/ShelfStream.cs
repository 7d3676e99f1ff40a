using Toil.JobStores;

namespace Toil.Files;

/// <summary>Writes a new global file. Whatever goes wrong on the way, an unfinished file never gets an id.</summary>
internal sealed class ShelfStream(FileStream content, Func<ShelfStream, FileId?> close) : FileWriteStream
{
    private FileId? _file;
    private bool _closed;

    /// <summary>Some of what was written is lost.</summary>
    public bool IsBroken { get; private set; }

    public override FileId FileId => _file ?? throw new InvalidOperationException(_closed
        ? $"Writing the file failed, so {content.Name} was removed and has no id."
        : "A file's id is known once its stream is disposed.");

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => !_closed;

    public override long Length => content.Length;

    public override long Position
    {
        get => content.Position;
        set => throw new NotSupportedException("A new global file is written from its beginning to its end.");
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            content.Write(buffer);
        }
        catch (IOException failure)
        {
            throw Break(failure);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await content.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException failure)
        {
            throw Break(failure);
        }
        catch (OperationCanceledException)
        {
            IsBroken = true;
            throw;
        }
    }

    public override void Flush()
    {
        try
        {
            content.Flush();
        }
        catch (IOException failure)
        {
            throw Break(failure);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Closes it as if writing had failed.</summary>
    public void Discard()
    {
        IsBroken |= !_closed;
        Dispose();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_closed)
        {
            _closed = true;
            try
            {
                CloseContent();
            }
            finally
            {
                _file = close(this);
            }
        }

        base.Dispose(disposing);
    }

    /// <summary>What is still buffered may not fit any more; of a broken file nobody wants to hear that.</summary>
    private void CloseContent()
    {
        try
        {
            content.Dispose();
        }
        catch (IOException) when (IsBroken)
        {
        }
        catch (IOException failure)
        {
            throw Break(failure);
        }
    }

    private ToilException Break(IOException failure)
    {
        IsBroken = true;
        return StorageFailure.From(failure, "write", content.Name);
    }
}
