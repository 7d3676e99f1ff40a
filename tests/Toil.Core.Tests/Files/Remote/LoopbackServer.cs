using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Toil.Tests.Files;

/// <summary>Accepts connections on the loopback interface and lets a test talk on them.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _talks = [];
    private readonly Task _accepting;

    /// <param name="talk">Talks on one connection, which is closed after it.</param>
    public LoopbackServer(Func<Stream, CancellationToken, Task> talk)
    {
        _listener.Start();
        _accepting = AcceptAsync(talk);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Answers each HTTP request with the next of the answers, the last one again and again.</summary>
    /// <param name="requests">Takes the requests' heads.</param>
    /// <param name="answers">Whole responses; the connection is closed behind each.</param>
    public static LoopbackServer Http(ConcurrentQueue<string> requests, params byte[][] answers)
    {
        var next = -1;
        return new LoopbackServer(async (connection, cancellation) =>
        {
            requests.Enqueue(await ReadHeadAsync(connection, cancellation));
            await connection.WriteAsync(answers[Math.Min(Interlocked.Increment(ref next), answers.Length - 1)], cancellation);
        });
    }

    /// <param name="status">Such as <c>200 OK</c>.</param>
    /// <param name="headers">Lines without their ends.</param>
    /// <param name="body">What is sent of the body.</param>
    public static byte[] Answer(string status, string[] headers, ReadOnlySpan<byte> body) =>
        [.. Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nConnection: close\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n"), .. body];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Stop();
        await Task.WhenAll(_talks);
        _stop.Dispose();
    }

    private static async Task<string> ReadHeadAsync(Stream connection, CancellationToken cancellation)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await connection.ReadAsync(one, cancellation) > 0)
        {
            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    private async Task AcceptAsync(Func<Stream, CancellationToken, Task> talk)
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _talks.Add(TalkAsync(client, talk));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(TcpClient client, Func<Stream, CancellationToken, Task> talk)
    {
        try
        {
            using (client)
            {
                await talk(client.GetStream(), _stop.Token);
                client.Client.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // The other side has hung up, or the test is over.
        }
    }
}
