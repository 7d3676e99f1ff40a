using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Toil.Tests.Files;

/// <summary>A small FTP server on the loopback interface, for one file.</summary>
internal sealed class FtpServer : IAsyncDisposable
{
    private readonly LoopbackServer _server;
    private readonly byte[] _content;

    public FtpServer(byte[] content)
    {
        _content = content;
        _server = new LoopbackServer(TalkAsync);
    }

    public ConcurrentQueue<string> Commands { get; } = new();

    public int Port => _server.Port;

    /// <summary>How many bytes a connection brings before it is cut; dequeued by each transfer.</summary>
    public ConcurrentQueue<int> Cuts { get; } = new();

    public string Modified { get; set; } = "20240101000000";

    public bool HasExtensions { get; init; } = true;

    public string? Password { get; init; }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task TalkAsync(Stream connection, CancellationToken cancellation)
    {
        using var reader = new StreamReader(connection);
        await using var writer = new StreamWriter(connection) { AutoFlush = true, NewLine = "\r\n" };
        TcpListener? listener = null;
        var offset = 0;
        await writer.WriteLineAsync("220-Welcome\r\n220 ready");
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            Commands.Enqueue(line);
            var word = line.Split(' ')[0];
            if (word is "EPSV" or "PASV" && (word == "PASV" || HasExtensions))
            {
                listener = new TcpListener(IPAddress.Loopback, 0);
                listener.Start();
                var port = ((IPEndPoint)listener.LocalEndpoint).Port;

                // The address of a server behind a router is often useless.
                await writer.WriteLineAsync(word == "EPSV" ? $"229 Extended (|||{port}|)" : $"227 Passive (10,9,8,7,{port / 256},{port % 256})");
                continue;
            }

            if (word == "RETR" && line == "RETR data/reads.fq")
            {
                await writer.WriteLineAsync("150 here it comes");
                var isCut = Cuts.TryDequeue(out var most);
                using (var data = await listener!.AcceptTcpClientAsync(cancellation))
                {
                    await data.GetStream().WriteAsync(_content.AsMemory(offset, isCut ? Math.Min(most, _content.Length - offset) : _content.Length - offset), cancellation);
                }

                listener.Stop();
                await writer.WriteLineAsync(isCut ? "426 Connection closed; transfer aborted" : "226 done");
                continue;
            }

            offset = word == "REST" && HasExtensions ? int.Parse(line[5..], CultureInfo.InvariantCulture) : offset;
            await writer.WriteLineAsync(word switch
            {
                "USER" => "331 Password?",
                "PASS" => Password is null || line == $"PASS {Password}" ? "230 Hello" : "530 Login incorrect",
                "TYPE" => "200 binary",
                "SIZE" when HasExtensions && line == "SIZE data/reads.fq" => $"213 {_content.Length}",
                "MDTM" when HasExtensions && line == "MDTM data/reads.fq" => $"213 {Modified}",
                "REST" when HasExtensions => "350 go on",
                "RETR" or "SIZE" or "MDTM" => "550 No such file",
                _ => "502 not here",
            });
        }
    }
}
