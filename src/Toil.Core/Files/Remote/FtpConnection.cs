using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Toil.Files;

/// <summary>What an FTP server answers.</summary>
/// <param name="Code">Its three digits.</param>
/// <param name="Text">The last line behind them.</param>
internal readonly record struct FtpReply(int Code, string Text)
{
    /// <summary>The transfer begins.</summary>
    public bool IsPreliminary => Code is >= 100 and < 200;

    public bool IsSuccess => Code is >= 200 and < 300;

    /// <summary>Codes from 500 on are lasting (RFC 959 §4.2.1).</summary>
    public RemoteException Refused(string advice) =>
        new(string.Create(CultureInfo.InvariantCulture, $"the server answers '{Code} {Text}'. {advice}").TrimEnd(), isLasting: Code >= 500);
}

/// <summary>The control connection to an FTP server.</summary>
internal sealed class FtpConnection : IDisposable
{
    private readonly string _host;
    private readonly TcpClient _client;
    private readonly NetworkStream _stream;
    private readonly StreamReader _reader;

    private FtpConnection(string host, TcpClient client)
    {
        _host = host;
        _client = client;
        _stream = client.GetStream();
        _reader = new StreamReader(_stream, new UTF8Encoding(false));
    }

    public static async Task<FtpConnection> OpenAsync(string host, int port, CancellationToken cancellation)
    {
        var connection = new FtpConnection(host, await ConnectAsync(host, port, cancellation).ConfigureAwait(false));
        var welcome = await connection.ReceiveAsync(cancellation).ConfigureAwait(false);
        if (welcome.Code == 220)
        {
            return connection;
        }

        connection.Dispose();
        throw welcome.Refused("");
    }

    public async Task<FtpReply> SendAsync(string command, CancellationToken cancellation)
    {
        await _stream.WriteAsync(Encoding.UTF8.GetBytes(command + "\r\n"), cancellation).ConfigureAwait(false);
        return await ReceiveAsync(cancellation).ConfigureAwait(false);
    }

    public async Task RequireAsync(string command, int code, CancellationToken cancellation)
    {
        var reply = await SendAsync(command, cancellation).ConfigureAwait(false);
        if (reply.Code != code)
        {
            throw reply.Refused("");
        }
    }

    public async Task<FtpReply> ReceiveAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var line = await _reader.ReadLineAsync(cancellation).ConfigureAwait(false) ?? throw new IOException("The server closed the connection");

            // The last line of several has a space behind the code.
            if (line.Length >= 3 && (line.Length == 3 || line[3] == ' ') && int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
            {
                return new FtpReply(code, line.Length > 4 ? line[4..].Trim() : "");
            }
        }
    }

    /// <summary>A connection for content. It goes to the same host, whatever address the server believes to have.</summary>
    public async Task<TcpClient> OpenDataAsync(CancellationToken cancellation)
    {
        var extended = await SendAsync("EPSV", cancellation).ConfigureAwait(false);
        var port = extended.Code == 229 ? ExtendedPort(extended) : PassivePort(await SendAsync("PASV", cancellation).ConfigureAwait(false));
        return await ConnectAsync(_host, port, cancellation).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _reader.Dispose();
        _client.Dispose();
    }

    private static async Task<TcpClient> ConnectAsync(string host, int port, CancellationToken cancellation)
    {
        var client = new TcpClient();
        try
        {
            await client.ConnectAsync(host, port, cancellation).ConfigureAwait(false);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>As in <c>Entering Extended Passive Mode (|||6446|)</c>.</summary>
    private static int ExtendedPort(FtpReply reply) =>
        reply.Text.Split('|') is { Length: >= 5 } parts && int.TryParse(parts[^2], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? port
            : throw reply.Refused("It offers no connection for the content.");

    /// <summary>As in <c>Entering Passive Mode (127,0,0,1,25,46)</c>.</summary>
    private static int PassivePort(FtpReply reply)
    {
        var numbers = reply.Text[(reply.Text.IndexOf('(') + 1)..].Split(')')[0].Split(',');
        return reply.Code == 227 && numbers.Length == 6
            && byte.TryParse(numbers[4], NumberStyles.None, CultureInfo.InvariantCulture, out var high)
            && byte.TryParse(numbers[5], NumberStyles.None, CultureInfo.InvariantCulture, out var low)
                ? (high << 8) | low
                : throw reply.Refused("It offers no connection for the content.");
    }
}
