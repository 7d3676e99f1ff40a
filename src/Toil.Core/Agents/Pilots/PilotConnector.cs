using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Toil.JobStores;

namespace Toil.Agents;

/// <summary>Finds the leader: by what the job store says of it, and by its certificate.</summary>
internal sealed class PilotConnector(IBlobStore blobs, TimeProvider time)
{
    /// <summary>On a shared filesystem a file that is being replaced may be missing for a moment.</summary>
    private const int MostMisses = 3;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private int _misses;
    private bool _isOver;

    /// <summary>What went wrong last; empty for nothing.</summary>
    public string Trouble { get; private set; } = "";

    /// <summary>The epoch of the latest leader that was seen. An older one that still runs isn't believed.</summary>
    public int Epoch { get; private set; }

    /// <summary>Whether the workflow has ended, or its job store is gone: no leader will come.</summary>
    public bool IsOver => _isOver || _misses >= MostMisses;

    /// <summary>Tries to reach the leader once.</summary>
    /// <returns>Null when it can't be reached now.</returns>
    public async Task<PilotChannel?> TryConnectAsync(CancellationToken cancellation)
    {
        if (await ReadAddressAsync(cancellation).ConfigureAwait(false) is not { } address)
        {
            return null;
        }

        var troubles = new List<string>();
        foreach (var host in address.Hosts)
        {
            try
            {
                var channel = await ConnectAsync(host, address, cancellation).ConfigureAwait(false);
                Epoch = address.Epoch;
                return channel;
            }
            catch (Exception error) when (error is SocketException or IOException or AuthenticationException or OperationCanceledException)
            {
                troubles.Add($"{host}: {(error is OperationCanceledException ? "no answer" : error.Message)}");
            }
        }

        Trouble = $"The workflow's leader can't be reached at port {address.Port} ({string.Join("; ", troubles)})";
        return null;
    }

    private async Task<PilotAddress?> ReadAddressAsync(CancellationToken cancellation)
    {
        try
        {
            var bytes = await blobs.ReadAllAsync(PilotKeys.Address, cancellation).ConfigureAwait(false);
            _misses = bytes is null ? _misses + 1 : 0;
            var address = bytes is null ? null : PilotAddress.Parse(bytes);
            Trouble = address is null ? "The job store doesn't say where the workflow's leader is" : Trouble;
            _isOver = address is { Hosts.Count: 0 };
            return address?.Epoch >= Epoch && !_isOver ? address : null;
        }
        catch (Exception error) when (error is ToilException or IOException or OperationCanceledException)
        {
            Trouble = $"The job store can't be read: {error.Message}";
            return null;
        }
    }

    private async Task<PilotChannel> ConnectAsync(string host, PilotAddress address, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        var client = new TcpClient { NoDelay = true };
        SslStream? stream = null;
        try
        {
            await client.ConnectAsync(host, address.Port, either.Token).ConfigureAwait(false);
            stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false);
            var options = new SslClientAuthenticationOptions
            {
                TargetHost = host,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                RemoteCertificateValidationCallback = (_, certificate, _, _) => IsLeaders(certificate, address, host),
            };
            await stream.AuthenticateAsClientAsync(options, either.Token).ConfigureAwait(false);
            return new PilotChannel(stream, time);
        }
        catch
        {
            if (stream is not null)
            {
                await stream.DisposeAsync().ConfigureAwait(false);
            }

            client.Dispose();
            throw;
        }
    }

    /// <summary>Nothing else makes a certificate right: nobody has signed it, and names and dates mean nothing.</summary>
    private static bool IsLeaders(X509Certificate? certificate, PilotAddress address, string host) =>
        certificate is not null && address.Matches(certificate.GetRawCertData())
            ? true
            : throw new AuthenticationException($"what answers at {host}:{address.Port} isn't the workflow's leader: its certificate has another hash");
}
