using System.Diagnostics.CodeAnalysis;

namespace Toil.Files;

/// <summary>URLs of files on other machines.</summary>
internal static class RemoteUrl
{
    private static readonly string[] Schemes = [Uri.UriSchemeHttp, Uri.UriSchemeHttps, Uri.UriSchemeFtp];

    /// <returns>False when the text is a path, or has a scheme that isn't fetched over a network.</returns>
    /// <exception cref="ToilException">It has such a scheme, but is no URL.</exception>
    public static bool TryParse(string text, [NotNullWhen(true)] out Uri? url)
    {
        url = null;
        if (!Schemes.Any(scheme => text.StartsWith(scheme + "://", StringComparison.OrdinalIgnoreCase)))
        {
            return false;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out url) && url.Host.Length > 0
            ? true
            : throw new ToilException($"'{Redact(text)}' is no URL. Write it as https://host/path/reads.fq.");
    }

    /// <summary>The base name of the file that a URL names.</summary>
    public static string NameOf(Uri url)
    {
        var name = Uri.UnescapeDataString(url.Segments[^1].TrimEnd('/')).Replace('/', '_');
        return FileNames.Check(name.Length == 0 ? url.Host : name);
    }

    /// <summary>The text without the password in it: it may go into logs.</summary>
    public static string Redact(string text)
    {
        var start = text.IndexOf("://", StringComparison.Ordinal) + 3;
        var end = start < 3 ? -1 : text.IndexOf('/', start);
        var at = start < 3 ? -1 : text.LastIndexOf('@', (end < 0 ? text.Length : end) - 1);
        var colon = at < start ? -1 : text.IndexOf(':', start, at - start);
        return colon < 0 ? text : $"{text[..colon]}:***{text[at..]}";
    }
}
