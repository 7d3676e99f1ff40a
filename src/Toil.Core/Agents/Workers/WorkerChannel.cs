using System.Buffers.Binary;
using System.Net.Sockets;
using Toil.Values;

namespace Toil.Agents;

/// <summary>
/// Frames over a Unix socket: a length, a kind, a payload. Both directions block: a wake-up from the kernel costs a
/// few microseconds, and a detour over the thread pool many times that. One thread receives at a time; any may send.
/// </summary>
internal sealed class WorkerChannel(Socket socket) : IDisposable
{
    private const int HeaderBytes = 5;
    private const int UsualBytes = 64 * 1024;

    private readonly Lock _sending = new();
    private readonly byte[] _output = new byte[UsualBytes];
    private byte[] _input = new byte[UsualBytes];
    private int _start;
    private int _end;

    /// <summary>Takes the next frame; its payload stays valid until the next call.</summary>
    /// <returns>False when the other end has closed.</returns>
    /// <exception cref="SocketException">The connection broke.</exception>
    public bool TryReceive(out WorkerMessage message, out ReadOnlySpan<byte> payload)
    {
        message = default;
        payload = default;
        if (!Fill(HeaderBytes))
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(_input.AsSpan(_start));
        message = (WorkerMessage)_input[_start + 4];
        if (length < 0 || !Fill(HeaderBytes + length))
        {
            return false;
        }

        payload = _input.AsSpan(_start + HeaderBytes, length);
        _start += HeaderBytes + length;
        return true;
    }

    /// <summary>Whether <see cref="TryReceive"/> would find something at once: a frame, or the end.</summary>
    public bool HasInput() => _end > _start || socket.Poll(0, SelectMode.SelectRead);

    public void Send(WorkerMessage message) => Send(message, []);

    public void Send(WorkerMessage message, ByteWriter payload) => Send(message, payload.Written.Span);

    /// <exception cref="SocketException">The other end is gone, or doesn't read.</exception>
    public void Send(WorkerMessage message, ReadOnlySpan<byte> payload)
    {
        lock (_sending)
        {
            var length = HeaderBytes + payload.Length;
            var frame = length <= _output.Length ? _output : new byte[length];
            BinaryPrimitives.WriteInt32LittleEndian(frame, payload.Length);
            frame[4] = (byte)message;
            payload.CopyTo(frame.AsSpan(HeaderBytes));
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
        if (_end - _start >= bytes)
        {
            return true;
        }

        MakeRoom(bytes);
        while (_end - _start < bytes)
        {
            var received = socket.Receive(_input.AsSpan(_end));
            if (received == 0)
            {
                return false;
            }

            _end += received;
        }

        return true;
    }

    private void MakeRoom(int bytes)
    {
        var pending = _input.AsSpan(_start, _end - _start);
        if (bytes > _input.Length || (_input.Length > UsualBytes && bytes <= UsualBytes && pending.Length <= UsualBytes))
        {
            // Grows for a large frame, and gives its memory back afterwards.
            var resized = new byte[Math.Max(bytes, UsualBytes)];
            pending.CopyTo(resized);
            _input = resized;
        }
        else
        {
            pending.CopyTo(_input);
        }

        (_start, _end) = (0, pending.Length);
    }
}
