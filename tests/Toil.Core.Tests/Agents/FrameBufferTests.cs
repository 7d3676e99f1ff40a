using Toil.Agents;
using Xunit;

namespace Toil.Tests.Agents;

public class FrameBufferTests
{
    private readonly FrameBuffer _buffer = new();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    [InlineData(int.MaxValue)]
    public void Take_FramesCameInParts_AreWhole(int part)
    {
        byte[][] payloads = [[], [1], Bytes(100), Bytes(FrameBuffer.UsualBytes), Bytes(300_000), [2, 3], Bytes(FrameBuffer.UsualBytes - FrameBuffer.HeaderBytes), []];
        var stream = new MemoryStream([.. payloads.SelectMany((payload, i) => Frame((byte)i, payload))]);
        for (var i = 0; i < payloads.Length; i++)
        {
            Fill(stream, FrameBuffer.HeaderBytes, part);
            Assert.Equal(((byte)i, payloads[i].Length), _buffer.Header);
            Fill(stream, FrameBuffer.HeaderBytes + payloads[i].Length, part);
            Assert.Equal(payloads[i], _buffer.Take());
        }

        Assert.Equal(0, _buffer.Available);
    }

    [Fact]
    public void Header_LengthIsNoFrames_IsTold()
    {
        Receive([0xff, 0xff, 0xff, 0xff, 1], FrameBuffer.HeaderBytes);
        Assert.Equal((1, -1), _buffer.Header);
    }

    [Fact]
    public void Room_NothingWasTaken_IsBehindWhatIsThere()
    {
        Receive([1, 2, 3], FrameBuffer.HeaderBytes);
        Assert.Equal(FrameBuffer.UsualBytes - 3, _buffer.Room(FrameBuffer.HeaderBytes).Length);
        Assert.Equal(3, _buffer.Available);
    }

    [Fact]
    public void Room_LargeFrameIsOver_IsTheUsualAgain()
    {
        var frame = Frame(1, Bytes(1_000_000));
        Receive(frame, frame.Length);
        _buffer.Take();
        Assert.Equal(FrameBuffer.UsualBytes, _buffer.Room(FrameBuffer.HeaderBytes).Length);
    }

    private static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Frame(byte kind, byte[] payload)
    {
        var header = new byte[FrameBuffer.HeaderBytes];
        FrameBuffer.WriteHeader(header, kind, payload.Length);
        return [.. header, .. payload];
    }

    private void Fill(MemoryStream stream, int bytes, int part)
    {
        while (_buffer.Available < bytes)
        {
            var room = _buffer.Room(bytes).Span;
            Assert.True(room.Length >= bytes - _buffer.Available);
            _buffer.Advance(stream.Read(room[..Math.Min(room.Length, part)]));
        }
    }

    private void Receive(byte[] bytes, int wanted)
    {
        bytes.CopyTo(_buffer.Room(wanted));
        _buffer.Advance(bytes.Length);
    }
}
