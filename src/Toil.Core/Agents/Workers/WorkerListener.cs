using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Security.Cryptography;
using Toil.Values;

namespace Toil.Agents;

/// <summary>Where workers call in: a socket in a directory that only its owner can enter. Each worker proves itself with a token that is good once.</summary>
internal sealed class WorkerListener : IDisposable
{
    private const int HelloTimeoutMilliseconds = 10_000;

    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, Worker> _expected = new();
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private volatile bool _closed;

    public WorkerListener(string? coordinationDirectory = null)
    {
        Path = SocketDirectory.Create(coordinationDirectory);

        // It gets its name once it is answered: one that isn't looks abandoned to other agents.
        var draft = $"{Path}~";
        _socket.Bind(new UnixDomainSocketEndPoint(draft));
        _socket.Listen();
        File.Move(draft, Path);
        _ = AcceptAsync();
    }

    public string Path { get; }

    /// <returns>The token that the worker has to show.</returns>
    public string Expect(Worker worker)
    {
        var token = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        _expected[token] = worker;
        return token;
    }

    public void Forget(string token) => _expected.TryRemove(token, out _);

    public void Dispose()
    {
        _closed = true;
        _socket.Dispose();
        SocketDirectory.Remove(Path);
    }

    private async Task AcceptAsync()
    {
        while (!_closed)
        {
            try
            {
                var connection = await _socket.AcceptAsync().ConfigureAwait(false);

                // A thread of its own for each worker: it blocks in the kernel, and handles what arrives without a hop.
                new Thread(() => Serve(connection), maxStackSize: 512 * 1024) { IsBackground = true, Name = "Toil worker connection" }.Start();
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                // Out of descriptors, if it isn't the end: some come free as others leave.
                await Task.Delay(_closed ? TimeSpan.Zero : RetryInterval).ConfigureAwait(false);
            }
        }
    }

    private void Serve(Socket connection)
    {
        using var channel = new WorkerChannel(connection);
        connection.ReceiveTimeout = HelloTimeoutMilliseconds;
        if (ReadHello(channel, out var cpu) is { } worker)
        {
            connection.ReceiveTimeout = 0;
            worker.Serve(channel, cpu);
        }
    }

    private Worker? ReadHello(WorkerChannel channel, out TimeSpan cpu)
    {
        cpu = default;
        try
        {
            if (!channel.TryReceive(out var message, out var payload) || message != WorkerMessage.Hello)
            {
                return null;
            }

            var reader = new ByteReader(payload);
            var known = _expected.TryRemove(reader.ReadString(), out var worker);
            var version = reader.ReadVarint();
            cpu = TimeSpan.FromTicks(reader.ReadVarint());
            return known && version == WorkerProtocol.Version ? worker : null;
        }
        catch (Exception error) when (error is SocketException or InvalidDataException)
        {
            return null;
        }
    }
}
