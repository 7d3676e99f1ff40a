using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Toil.Files;

/// <summary>A file on an FTP server (RFC 959, passive; EPSV RFC 2428; SIZE, MDTM and REST RFC 3659).</summary>
internal sealed class FtpSource(Uri url, NetworkCredential? login) : IRemoteSource
{
    private const int DefaultPort = 21;

    public async Task<RemoteContent> OpenAsync(long offset, string? version, CancellationToken cancellation)
    {
        var path = PathOf(url);
        FtpConnection? control = null;
        try
        {
            control = await FtpConnection.OpenAsync(url.Host, url.Port < 0 ? DefaultPort : url.Port, cancellation).ConfigureAwait(false);
            await LoginAsync(control, cancellation).ConfigureAwait(false);
            await control.RequireAsync("TYPE I", 200, cancellation).ConfigureAwait(false);
            var length = await LengthAsync(control, path, cancellation).ConfigureAwait(false);
            var now = await VersionAsync(control, path, length, cancellation).ConfigureAwait(false);
            var from = offset > 0 && now is not null && now == version ? offset : 0;
            var data = await control.OpenDataAsync(cancellation).ConfigureAwait(false);
            if (from > 0 && (await control.SendAsync(string.Create(CultureInfo.InvariantCulture, $"REST {from}"), cancellation).ConfigureAwait(false)).Code != 350)
            {
                from = 0;
            }

            var reply = await control.SendAsync($"RETR {path}", cancellation).ConfigureAwait(false);
            return reply.IsPreliminary
                ? new RemoteContent(new FtpDataStream(control, data), from, length, now, new RemoteChecksums())
                : throw reply.Refused("Check the URL.");
        }
        catch (SocketException failure)
        {
            control?.Dispose();
            var isLasting = failure.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData;
            throw new RemoteException(isLasting ? "there is no host of that name. Check the URL." : $"the host can't be reached: {failure.Message}.", isLasting, failure);
        }
        catch
        {
            control?.Dispose();
            throw;
        }
    }

    private async Task LoginAsync(FtpConnection control, CancellationToken cancellation)
    {
        var reply = await control.SendAsync($"USER {login?.UserName ?? "anonymous"}", cancellation).ConfigureAwait(false);
        if (reply.Code == 331)
        {
            reply = await control.SendAsync($"PASS {login?.Password ?? "anonymous@"}", cancellation).ConfigureAwait(false);
        }

        if (reply.Code is not (230 or 202))
        {
            throw reply.Refused("A login is taken from the URL (ftp://user:password@host/…) or from ~/.netrc.");
        }
    }

    private static async Task<long?> LengthAsync(FtpConnection control, string path, CancellationToken cancellation)
    {
        var reply = await control.SendAsync($"SIZE {path}", cancellation).ConfigureAwait(false);
        return reply.Code == 213 && long.TryParse(reply.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : null;
    }

    private static async Task<string?> VersionAsync(FtpConnection control, string path, long? length, CancellationToken cancellation)
    {
        var reply = await control.SendAsync($"MDTM {path}", cancellation).ConfigureAwait(false);
        return reply.Code == 213 && length is { } size ? string.Create(CultureInfo.InvariantCulture, $"{reply.Text}/{size}") : null;
    }

    /// <summary>Relative to where the login begins (RFC 1738 §3.2.2); a leading %2F makes it absolute.</summary>
    private static string PathOf(Uri url)
    {
        var path = Uri.UnescapeDataString(url.AbsolutePath[1..].Split(";type=")[0]);
        return path.Length > 0 && !path.Any(char.IsControl) ? path : throw new RemoteException("it names no file.", isLasting: true);
    }
}
