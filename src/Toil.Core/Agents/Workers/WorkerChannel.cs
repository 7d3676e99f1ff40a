using System.Net.Sockets;
using Toil.Values;

namespace Toil.Agents;

/// <summary>
/// Frames over a Unix socket: a length, a kind, a payload. Both directions block: a wake-up from the kernel costs a
/// few microseconds, and a detour over the thread pool many times that. One thread receives at a time; any may send.
/// </summary>
internal sealed class WorkerChannel(Socket socket) : IDisposable
{
    private readonly Lock _sending = new();
    private readonly byte[] _output = new byte[FrameBuffer.UsualBytes];
    private readonly FrameBuffer _input = new();

    /// <summary>Takes the next frame; its payload stays valid until the next call.</summary>
    /// <returns>False when the other end has closed.</returns>
    /// <exception cref="SocketException">The connection broke.</exception>
    public bool TryReceive(out WorkerMessage message, out ReadOnlySpan<byte> payload)
    {
        message = default;
        payload = default;
        if (!Fill(FrameBuffer.HeaderBytes))
        {
            return false;
        }

        var (kind, length) = _input.Header;
        if ((uint)length > FrameBuffer.LongestPayload || !Fill(FrameBuffer.HeaderBytes + length))
        {
            return false;
        }

        message = (WorkerMessage)kind;
        payload = _input.Take().Span;
        return true;
    }

    /// <summary>Whether <see cref="TryReceive"/> would find something at once: a frame, or the end.</summary>
    public bool HasInput() => _input.Available > 0 || socket.Poll(0, SelectMode.SelectRead);

    public void Send(WorkerMessage message) => Send(message, []);

    public void Send(WorkerMessage message, ByteWriter payload) => Send(message, payload.Written.Span);

    /// <exception cref="SocketException">The other end is gone, or doesn't read.</exception>
    public void Send(WorkerMessage message, ReadOnlySpan<byte> payload)
    {
        lock (_sending)
        {
            var length = FrameBuffer.HeaderBytes + payload.Length;
            var frame = length <= _output.Length ? _output : new byte[length];
            FrameBuffer.WriteHeader(frame, (byte)message, payload.Length);
            payload.CopyTo(frame.AsSpan(FrameBuffer.HeaderBytes));
            for (var sent = 0; sent < length;)
            {
                sent += socket.Send(frame.AsSpan(sent, length - sent));
            }
        }
    }

    public void Dispose() => socket.Dispose();

    /// <summary>Makes sure that so many bytes of the next frame are in the buffer.</summary>
    private bool Fill(int bytes)
    {
        while (_input.Available < bytes)
        {
            var received = socket.Receive(_input.Room(bytes).Span);
            if (received == 0)
            {
                return false;
            }

            _input.Advance(received);
        }

        return true;
    }
}
