namespace Toil.Files;

/// <summary>URLs and paths of files that this machine can reach.</summary>
internal static class LocalUrl
{
    private const string Scheme = "file:";
    private static readonly string[] OtherSchemes = ["az:", "data:", "drs:", "ftp:", "gs:", "http:", "https:", "s3:"];

    /// <summary>The path that a URL or path means. Only a URL is percent-decoded; a relative one begins at <paramref name="baseDirectory"/>.</summary>
    /// <exception cref="ToilException">It isn't local.</exception>
    public static string ToPath(string url, Func<string> baseDirectory)
    {
        ArgumentNullException.ThrowIfNull(url);
        var path = url.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? Decode(url) : RefuseRemote(url);
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new ToilException($"'{url.Replace('\0', '?')}' names no file. Give a path, or a URL such as file:///data/reads.fq.");
        }

        return Path.IsPathFullyQualified(path) ? Path.GetFullPath(path) : Path.GetFullPath(path, baseDirectory());
    }

    private static string Decode(string url)
    {
        var rest = url[Scheme.Length..];
        if (!rest.StartsWith("//", StringComparison.Ordinal))
        {
            return Uri.UnescapeDataString(rest);
        }

        var slash = rest.IndexOf('/', 2);
        var host = slash < 0 ? rest[2..] : rest[2..slash];
        if (host.Length > 0 && !host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            throw new ToilException($"'{url}' is on the machine '{host}', which can't be reached this way. For a file here write file:///path, or file:path for a relative one.");
        }

        return slash < 0 ? "" : Uri.UnescapeDataString(rest[slash..]);
    }

    /// <summary>A colon alone makes no URL: files may have one in their names.</summary>
    private static string RefuseRemote(string url)
    {
        var end = url.IndexOf("://", StringComparison.Ordinal);
        var isScheme = end > 0 && url[..end].All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '.' or '-');
        if (!isScheme && !OtherSchemes.Any(scheme => url.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)))
        {
            return url;
        }

        throw new ToilException(
            $"Can't reach '{url}': the scheme '{url[..url.IndexOf(':', StringComparison.Ordinal)]}' isn't available in this build. Available: plain paths and file; to import also http, https and ftp. Fetch the file first, or give a local one.");
    }
}
