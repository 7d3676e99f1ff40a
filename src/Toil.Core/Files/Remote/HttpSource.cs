using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Toil.Files;

/// <summary>A file on a web server, byte for byte as the server keeps it (RFC 9110: ranges §14, digests RFC 3230 and 9530).</summary>
internal sealed class HttpSource(Uri url, NetworkCredential? login) : IRemoteSource
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler
    {
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(30),
        MaxAutomaticRedirections = 10,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    public async Task<RemoteContent> OpenAsync(long offset, string? version, CancellationToken cancellation)
    {
        using var request = NewRequest(version is null ? 0 : offset, version);
        HttpResponseMessage response;
        try
        {
            response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        }
        catch (HttpRequestException failure)
        {
            throw Translate(failure);
        }

        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && request.Headers.Range is not null)
        {
            // Perhaps all of it is there, and only its end was cut: without a length nobody can tell.
            response.Dispose();
            return await OpenAsync(0, null, cancellation).ConfigureAwait(false);
        }

        try
        {
            return await ReadAsync(response, cancellation).ConfigureAwait(false);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private HttpRequestMessage NewRequest(long offset, string? version)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(url) { UserName = "", Password = "" }.Uri);
        request.Headers.TryAddWithoutValidation("User-Agent", "toil");
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        if (login is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login.UserName}:{login.Password}")));
        }

        if (offset > 0)
        {
            request.Headers.Range = new RangeHeaderValue(offset, null);
            request.Headers.TryAddWithoutValidation("If-Range", version);
        }

        return request;
    }

    private static async Task<RemoteContent> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var headers = response.Content.Headers;
        var range = headers.ContentRange;
        if (response.StatusCode is not HttpStatusCode.OK && (response.StatusCode is not HttpStatusCode.PartialContent || range?.From is null))
        {
            throw Refused(response);
        }

        if (headers.ContentEncoding.FirstOrDefault(coding => coding != "identity") is { } coding)
        {
            throw new RemoteException($"the server sends it {coding}-coded, though it was asked not to. Fetch it with another program, and import that file.", isLasting: true);
        }

        var stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        return range?.From is { } from && response.StatusCode is HttpStatusCode.PartialContent
            ? new RemoteContent(stream, from, range.Length, VersionOf(response), new RemoteChecksums())
            : new RemoteContent(stream, 0, headers.ContentLength, VersionOf(response), ChecksumsOf(response));
    }

    /// <summary>What If-Range may name: a strong entity tag, or a date.</summary>
    private static string? VersionOf(HttpResponseMessage response) =>
        response.Headers.ETag is { IsWeak: false } tag ? tag.ToString()
        : response.Headers.ETag is null && response.Content.Headers.LastModified is { } date ? date.ToString("R", CultureInfo.InvariantCulture)
        : null;

    private static RemoteChecksums ChecksumsOf(HttpResponseMessage response)
    {
        var checksums = new RemoteChecksums();
        if (response.Content.Headers.ContentMD5 is { } md5)
        {
            checksums.Add("md5", Convert.ToBase64String(md5));
        }

        // Google's are of what is stored; the server may have unpacked that.
        var isUnpacked = Values(response, "x-goog-stored-content-encoding").Any(coding => coding != "identity");
        string[] names = isUnpacked ? ["Digest", "Repr-Digest"] : ["Digest", "Repr-Digest", "x-goog-hash"];
        foreach (var item in names.SelectMany(name => Values(response, name)).SelectMany(value => value.Split(',')))
        {
            var parts = item.Trim().Split('=', 2);
            if (parts.Length == 2)
            {
                checksums.Add(parts[0], parts[1].Split(';')[0].Trim(':'));
            }
        }

        return checksums;
    }

    private static IEnumerable<string> Values(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values) ? values : [];

    private static RemoteException Refused(HttpResponseMessage response)
    {
        var status = string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {response.ReasonPhrase}").TrimEnd();
        var isPassing = (int)response.StatusCode is 408 or 425 or 429 or >= 500;
        return new RemoteException($"the server answers '{status}'.{Advice(response)}", !isPassing) { RetryAfter = response.Headers.RetryAfter?.Delta };
    }

    private static string Advice(HttpResponseMessage response) => response.StatusCode switch
    {
        HttpStatusCode.NotFound or HttpStatusCode.Gone => " There is no such file: check the URL.",
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => " Check the URL; a login is taken from it (https://user:password@host/…) or from ~/.netrc.",
        >= HttpStatusCode.MovedPermanently and < HttpStatusCode.BadRequest => $" It leads to {response.Headers.Location}, where it isn't followed. Import that URL if you trust it.",
        _ => "",
    };

    private static RemoteException Translate(HttpRequestException failure) => failure switch
    {
        { InnerException: AuthenticationException reason } =>
            new($"the connection can't be made secure: {reason.Message} Check the host's name and its certificate.", isLasting: true, failure),
        { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData } } =>
            new("there is no host of that name. Check the URL.", isLasting: true, failure),
        { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } =>
            new("the host refuses the connection. Does the server run, on that port?", isLasting: false, failure),
        _ => new(failure.Message, isLasting: false, failure),
    };
}
