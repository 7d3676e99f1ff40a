using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Security.Cryptography;
using Toil.Values;

namespace Toil.Agents;

/// <summary>Where workers call in: a socket in a directory that only its owner can enter. Each worker proves itself with a token that is good once.</summary>
internal sealed class WorkerListener : IDisposable
{
    /// <summary>The kernel takes no longer paths for sockets (sun_path is 104 bytes on macOS, 108 on Linux, the last one zero).</summary>
    private const int MaxPathBytes = 103;

    private const int HelloTimeoutMilliseconds = 10_000;

    private readonly ConcurrentDictionary<string, Worker> _expected = new();
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly string _directory;

    public WorkerListener()
    {
        _directory = CreateDirectory();
        Path = System.IO.Path.Combine(_directory, "agent");
        _socket.Bind(new UnixDomainSocketEndPoint(Path));
        _socket.Listen();
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
        _socket.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static string CreateDirectory()
    {
        var name = $"toil-{Convert.ToHexString(RandomNumberGenerator.GetBytes(6))}";
        var temp = System.IO.Path.Combine(System.IO.Path.GetTempPath(), name);
        var path = temp.Length + "/agent".Length <= MaxPathBytes ? temp : System.IO.Path.Combine("/tmp", name);
        return Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var connection = await _socket.AcceptAsync().ConfigureAwait(false);

                // A thread of its own for each worker: it blocks in the kernel, and handles what arrives without a hop.
                new Thread(() => Serve(connection), maxStackSize: 512 * 1024) { IsBackground = true, Name = "Toil worker connection" }.Start();
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
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
