using System.Buffers.Binary;

namespace Toil.Agents;

/// <summary>What has been received of a stream of frames: each a payload's length, its kind, and the payload.</summary>
internal sealed class FrameBuffer
{
    public const int HeaderBytes = 5;

    public static readonly int LongestPayload = Array.MaxLength - HeaderBytes;

    /// <summary>How much is kept for frames, when none is larger.</summary>
    public const int UsualBytes = 64 * 1024;

    private byte[] _bytes = new byte[UsualBytes];
    private int _start;
    private int _end;

    /// <summary>How many bytes of the next frame, and of those behind it, are there.</summary>
    public int Available => _end - _start;

    /// <summary>The next frame's header, which must be there. Whoever isn't trusted may have sent any length, even one below 0.</summary>
    public (byte Kind, int Length) Header => (_bytes[_start + 4], BinaryPrimitives.ReadInt32LittleEndian(_bytes.AsSpan(_start)));

    /// <param name="header">At least <see cref="HeaderBytes"/> long.</param>
    /// <param name="kind">The payload's kind.</param>
    /// <param name="length">The payload's length.</param>
    public static void WriteHeader(Span<byte> header, byte kind, int length)
    {
        BinaryPrimitives.WriteInt32LittleEndian(header, length);
        header[4] = kind;
    }

    /// <summary>Where to put what is received next: as much as the first so many bytes of the next frame need, or more. Payloads taken before are void.</summary>
    public Memory<byte> Room(int bytes)
    {
        // Grows for a large frame, and gives its memory back afterwards.
        var isResized = bytes > _bytes.Length || (_bytes.Length > UsualBytes && bytes <= UsualBytes && Available <= UsualBytes);
        if (isResized || _start > 0)
        {
            var pending = _bytes.AsSpan(_start, Available);
            _bytes = isResized ? new byte[Math.Max(bytes, UsualBytes)] : _bytes;
            pending.CopyTo(_bytes);
            (_start, _end) = (0, pending.Length);
        }

        return _bytes.AsMemory(_end);
    }

    /// <summary>So many bytes have been put into the room.</summary>
    public void Advance(int received) => _end += received;

    /// <summary>Takes the next frame, which must be there as a whole.</summary>
    /// <returns>Its payload.</returns>
    public ReadOnlyMemory<byte> Take()
    {
        var payload = _bytes.AsMemory(_start + HeaderBytes, Header.Length);
        _start += HeaderBytes + payload.Length;
        return payload;
    }
}
