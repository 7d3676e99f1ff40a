namespace Toil.JobStores;

/// <summary>
/// Where a job store is: <c>file:path</c>, <c>aws:region:name</c>, <c>google:project:name</c>, <c>azure:account:container</c>, or a plain path; or
/// <c>kind:anything</c> for a kind that a plug-in has.
/// </summary>
public sealed record JobStoreLocator
{
    /// <summary>The kind of a store in a directory.</summary>
    public const string FileKind = "file";

    private static readonly string[] CloudKinds = ["aws", "azure", "google"];

    private JobStoreLocator(string kind, string scope, string name)
    {
        Kind = kind;
        Scope = scope;
        Name = name;
    }

    /// <summary><c>file</c>, <c>aws</c>, <c>google</c>, <c>azure</c>, or a plug-in's.</summary>
    public string Kind { get; }

    /// <summary>The region, project or account; empty for other kinds.</summary>
    public string Scope { get; }

    /// <summary>The store's name or container; for a file store its absolute path; for a plug-in's everything behind the kind.</summary>
    public string Name { get; }

    /// <exception cref="ToilException">The text is no locator.</exception>
    public static JobStoreLocator Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 1 || text.AsSpan(0, colon).IndexOfAny('/', '\\') >= 0)
        {
            return ForPath(text);
        }

        var (kind, rest) = (text[..colon], text[(colon + 1)..]);
        return kind == FileKind ? ForPath(TrimAuthority(rest))
            : IsCloud(kind) ? ParseCloud(text, kind)
            : ParseOther(text, kind, rest);
    }

    /// <summary>The locator of a store in a directory.</summary>
    public static JobStoreLocator ForPath(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new ToilException($"'{path}' names no job store: the path is empty or holds a NUL. Give a directory, as in file:/data/my-store.");
        }

        return new JobStoreLocator(FileKind, string.Empty, Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
    }

    /// <summary>The text that <see cref="Parse"/> reads back.</summary>
    public override string ToString() => IsCloud(Kind) ? $"{Kind}:{Scope}:{Name}" : $"{Kind}:{Name}";

    internal static bool IsCloud(string kind) => CloudKinds.Contains(kind);

    private static JobStoreLocator ParseOther(string text, string kind, string rest) =>
        rest.Length > 0 && kind.All(char.IsAsciiLetterOrDigit) && !rest.Any(char.IsControl)
            ? new JobStoreLocator(kind, string.Empty, rest)
            : throw new ToilException(
                $"'{text}' names no job store. The kinds are file, aws, google, azure and those of plug-ins, as in kind:name; a path with a colon is written file:{text}.");

    private static JobStoreLocator ParseCloud(string text, string kind)
    {
        var parts = text.Split(':');
        if (parts.Length != 3 || parts.Any(part => part.Length == 0 || part.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '/')))
        {
            throw new ToilException($"'{text}' names no job store. It should look like {Example(kind)}.");
        }

        return new JobStoreLocator(kind, parts[1], parts[2]);
    }

    private static string Example(string kind) => kind switch
    {
        "aws" => "aws:us-west-2:my-store (region, name)",
        "google" => "google:my-project:my-store (project, name)",
        _ => "azure:myaccount:my-container (account, container)",
    };

    /// <summary>file:///path means the same as file:/path.</summary>
    private static string TrimAuthority(string path) => path.StartsWith("///", StringComparison.Ordinal) ? path[2..] : path;
}
