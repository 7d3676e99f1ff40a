using System.Net;
using System.Net.NetworkInformation;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Toil.Agents;
using Toil.Values;

namespace Toil.BatchSystems;

/// <summary>Where pilots call in: TLS, with a certificate that this leader has made for itself.</summary>
internal sealed class PilotListener : IAsyncDisposable
{
    private const int LongestHello = 16 << 20;

    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(100);

    private readonly X509Certificate2 _certificate = MakeCertificate();
    private readonly TcpListener _listener;
    private readonly Func<PilotHello, PilotChannel, Task> _serve;
    private readonly TimeProvider _time;
    private readonly Action<LogLevel, string> _log;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _accepting;

    /// <param name="address">Where pilots find this host, as <c>HOST</c> or <c>HOST:PORT</c>; null for any of its addresses.</param>
    /// <param name="epoch">The leader's.</param>
    /// <param name="serve">Serves a pilot until its connection ends.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Hears of strangers.</param>
    /// <exception cref="ToilException">The address can't be used.</exception>
    public PilotListener(string? address, int epoch, Func<PilotHello, PilotChannel, Task> serve, TimeProvider time, Action<LogLevel, string> log)
    {
        (_serve, _time, _log) = (serve, time, log);
        var (host, port) = Parse(address);
        _listener = Listen(host, port);
        Address = new PilotAddress(
            host is null ? OwnHosts() : [host], ((IPEndPoint)_listener.LocalEndpoint).Port, Convert.ToHexString(SHA256.HashData(_certificate.RawDataMemory.Span)), epoch);
        _accepting = AcceptAsync();
    }

    public PilotAddress Address { get; }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
        _certificate.Dispose();
        _closing.Dispose();
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=toil leader", key, HashAlgorithmName.SHA256);

        // Nobody looks at the dates; nodes' clocks may differ.
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-1), DateTimeOffset.UtcNow.AddYears(10));
    }

    private static (string? Host, int Port) Parse(string? address)
    {
        if (string.IsNullOrEmpty(address))
        {
            return (null, 0);
        }

        var colon = address.LastIndexOf(':');
        var hasPort = colon > 0 && (address[colon - 1] == ']' || address.IndexOf(':') == colon);
        var port = 0;
        if (hasPort && !(int.TryParse(address.AsSpan(colon + 1), out port) && port is > 0 and <= ushort.MaxValue))
        {
            throw new UsageException($"--pilotAddress {address} has no port from 1 to 65535 after the colon. Write HOST, HOST:PORT or [IPv6]:PORT.");
        }

        return ((hasPort ? address[..colon] : address).Trim('[', ']'), port);
    }

    /// <summary>A host's name may be another machine's that passes connections on: then all of this one's addresses are listened at.</summary>
    private static TcpListener Listen(string? host, int port)
    {
        try
        {
            var own = IPAddress.TryParse(host, out var ip) && (IPAddress.IsLoopback(ip) || OwnAddresses().Contains(ip)) ? ip : null;
            var listener = own is not null ? new TcpListener(own, port) : Socket.OSSupportsIPv6 ? TcpListener.Create(port) : new TcpListener(IPAddress.Any, port);
            listener.Start();
            return listener;
        }
        catch (SocketException error)
        {
            throw new ToilException($"Pilots can't be listened for at {host ?? "this host"}, port {port}: {error.Message}. Choose another with --pilotAddress HOST:PORT.", error);
        }
    }

    private static List<string> OwnHosts() => [Dns.GetHostName(), .. OwnAddresses().Select(address => address.ToString()), "localhost"];

    private static IEnumerable<IPAddress> OwnAddresses() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(one => one.OperationalStatus == OperationalStatus.Up && one.NetworkInterfaceType != NetworkInterfaceType.Loopback)
        .SelectMany(one => one.GetIPProperties().UnicastAddresses).Select(one => one.Address).Where(address => !address.IsIPv6LinkLocal);

    private async Task AcceptAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(_closing.Token).ConfigureAwait(false);
                client.NoDelay = true;
                _ = Task.Run(() => ServeAsync(client));
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // Out of descriptors, if it isn't the end: some come free as others leave.
                await Task.Delay(_closing.IsCancellationRequested ? TimeSpan.Zero : RetryInterval, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var owned = client;
        await using var stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false);
        using var timeout = new CancellationTokenSource(PilotProtocol.HelloTimeout, _time);
        try
        {
            var options = new SslServerAuthenticationOptions
            {
                ServerCertificate = _certificate,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            };
            await stream.AuthenticateAsServerAsync(options, timeout.Token).ConfigureAwait(false);
            await using var channel = new PilotChannel(stream, _time) { Longest = LongestHello };
            if (await channel.ReceiveAsync(timeout.Token).ConfigureAwait(false) is var (message, payload) && message == PilotMessage.Hello)
            {
                await ServeAsync(channel, payload).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is IOException or AuthenticationException or OperationCanceledException or SocketException or ObjectDisposedException)
        {
            _log(LogLevel.Debug, $"Somebody called where pilots do, and was no pilot: {error.Message}");
        }
    }

    private async Task ServeAsync(PilotChannel channel, ReadOnlyMemory<byte> payload)
    {
        try
        {
            await _serve(PilotHello.Read(payload.Span), channel).ConfigureAwait(false);
        }
        catch (InvalidDataException error)
        {
            _log(LogLevel.Warning, $"A pilot was turned away: {error.Message}");
            var writer = new ByteWriter();
            writer.WriteString(error.Message);
            channel.Send(PilotMessage.Refused, writer);
        }
    }
}
