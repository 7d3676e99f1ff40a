using System.Net.Sockets;

namespace Toil.Files;

/// <summary>A file's content as an FTP server sends it. The connection's end is the content's only if the server confirms it.</summary>
internal sealed class FtpDataStream(FtpConnection control, TcpClient data) : Stream
{
    private readonly NetworkStream _content = data.GetStream();
    private bool _ended;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = _ended ? 0 : await _content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (read == 0 && !_ended)
        {
            _ended = true;
            var reply = await control.ReceiveAsync(cancellationToken).ConfigureAwait(false);
            if (!reply.IsSuccess)
            {
                throw reply.Refused("");
            }
        }

        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            data.Dispose();
            control.Dispose();
        }

        base.Dispose(disposing);
    }
}
