namespace Toil.Cwl.Loading;

/// <summary>URIs of files on this machine.</summary>
/// <remarks>Most paths need none of what <see cref="Uri"/> does, nor the time that it takes to start.</remarks>
internal static class FileUri
{
    private const string Prefix = "file://";

    /// <summary>The URI of a path.</summary>
    public static string Of(string path)
    {
        var whole = Path.GetFullPath(path);
        return IsPlain(whole.AsSpan()) ? Prefix + whole : new Uri(whole).AbsoluteUri;
    }

    /// <returns>Null when it isn't the URI of a file, or no URI at all.</returns>
    public static string? PathIn(string uri) =>
        IsPlain(uri) ? uri[Prefix.Length..]
        : Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && parsed.IsFile ? parsed.LocalPath
        : null;

    /// <summary>Whether it is the URI of a file whose path is written in it as it is.</summary>
    public static bool IsPlain(string uri) => uri.StartsWith(Prefix, StringComparison.Ordinal) && IsPlain(uri.AsSpan(Prefix.Length));

    /// <summary>Whether a path is written in a URI as it is.</summary>
    private static bool IsPlain(ReadOnlySpan<char> path)
    {
        if (path is not ['/', ..] || path.Contains("/.", StringComparison.Ordinal) || path.Contains("//", StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var one in path)
        {
            if (!char.IsAsciiLetterOrDigit(one) && one is not ('/' or '-' or '_' or '.' or '~'))
            {
                return false;
            }
        }

        return true;
    }
}
