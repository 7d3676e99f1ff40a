using Toil.Values;

namespace Toil.Agents;

/// <summary>
/// Frames over an encrypted stream: a length, a kind, a payload. Sending never waits: what is sent while something is being written goes out
/// together then. One at a time receives. A connection on which nothing comes is broken off.
/// </summary>
internal sealed class PilotChannel : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private readonly FrameBuffer _input = new();
    private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ByteWriter _pending = new(4096);
    private ByteWriter _writing = new(4096);
    private bool _isWriting;
    private volatile bool _isClosed;
    private long _lastReceived;

    public PilotChannel(Stream stream, TimeProvider time)
    {
        (_stream, _time) = (stream, time);
        _lastReceived = time.GetTimestamp();
        _timer = time.CreateTimer(_ => KeepAlive(), null, PilotProtocol.AliveInterval, PilotProtocol.AliveInterval);
    }

    /// <summary>The longest payload that is taken: little of those who haven't proved yet who they are.</summary>
    public int Longest { get; set; } = FrameBuffer.LongestPayload;

    /// <summary>Bytes that wait to be written.</summary>
    public int Pending
    {
        get
        {
            lock (_gate)
            {
                return _pending.Length + _writing.Length;
            }
        }
    }

    public void Send(PilotMessage message) => Send(message, []);

    public void Send(PilotMessage message, ByteWriter payload) => Send(message, payload.Written.Span);

    /// <summary>Sends an attempt's id and nothing else.</summary>
    public void Send(PilotMessage message, AttemptId attempt)
    {
        var writer = new ByteWriter();
        attempt.WriteTo(writer);
        Send(message, writer);
    }

    /// <summary>Sends a frame in the background; on a broken connection it is lost.</summary>
    public void Send(PilotMessage message, ReadOnlySpan<byte> payload)
    {
        Span<byte> header = stackalloc byte[FrameBuffer.HeaderBytes];
        FrameBuffer.WriteHeader(header, (byte)message, payload.Length);
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            _pending.WriteRaw(header);
            _pending.WriteRaw(payload);
            if (_isWriting)
            {
                return;
            }

            _isWriting = true;
        }

        _ = Task.Run(WriteAsync);
    }

    /// <summary>Takes the next frame; its payload stays valid until the next call.</summary>
    /// <returns>Null when the other end has closed, or the connection broke.</returns>
    public async ValueTask<(PilotMessage Message, ReadOnlyMemory<byte> Payload)?> ReceiveAsync(CancellationToken cancellation)
    {
        try
        {
            if (!await FillAsync(FrameBuffer.HeaderBytes, cancellation).ConfigureAwait(false))
            {
                return null;
            }

            var (kind, length) = _input.Header;
            if ((uint)length > Longest || !await FillAsync(FrameBuffer.HeaderBytes + length, cancellation).ConfigureAwait(false))
            {
                return null;
            }

            return ((PilotMessage)kind, _input.Take());
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Writes what has been sent, then closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isClosed = true;
            if (!_isWriting)
            {
                _written.TrySetResult();
            }
        }

        await Task.WhenAny(_written.Task, Task.Delay(PilotProtocol.HelloTimeout, _time)).ConfigureAwait(false);
        Break();
        await _timer.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Closes the connection at once.</summary>
    public void Break()
    {
        _isClosed = true;
        _stream.Dispose();
    }

    private async Task WriteAsync()
    {
        try
        {
            while (TakePending())
            {
                await _stream.WriteAsync(_writing.Written).ConfigureAwait(false);
                await _stream.FlushAsync().ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Whoever receives notices too.
            Break();
            _written.TrySetResult();
        }
    }

    private bool TakePending()
    {
        lock (_gate)
        {
            // The buffer of something large is given back.
            var empty = _writing.Length > FrameBuffer.UsualBytes ? new ByteWriter(4096) : _writing;
            empty.Clear();
            (_pending, _writing) = (empty, _pending);
            if (_writing.Length > 0)
            {
                return true;
            }

            _isWriting = false;
            if (_isClosed)
            {
                _written.TrySetResult();
            }

            return false;
        }
    }

    private void KeepAlive()
    {
        if (_time.GetElapsedTime(Interlocked.Read(ref _lastReceived)) > PilotProtocol.SilenceLimit)
        {
            Break();
        }
        else
        {
            Send(PilotMessage.Alive);
        }
    }

    private async ValueTask<bool> FillAsync(int bytes, CancellationToken cancellation)
    {
        while (_input.Available < bytes)
        {
            var received = await _stream.ReadAsync(_input.Room(bytes), cancellation).ConfigureAwait(false);
            if (received == 0)
            {
                return false;
            }

            // A large frame over a slow line is alive with every part of it.
            Interlocked.Exchange(ref _lastReceived, _time.GetTimestamp());
            _input.Advance(received);
        }

        return true;
    }
}
