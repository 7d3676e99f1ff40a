namespace Toil.JobStores;

/// <summary>Where a job store is: <c>file:path</c>, <c>aws:region:name</c>, <c>google:project:name</c>, <c>azure:account:container</c>, or a plain path.</summary>
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

    /// <summary><c>file</c>, <c>aws</c>, <c>google</c> or <c>azure</c>.</summary>
    public string Kind { get; }

    /// <summary>The region, project or account; empty for a file store.</summary>
    public string Scope { get; }

    /// <summary>The store's name or container; for a file store its absolute path.</summary>
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

        var kind = text[..colon];
        return kind == FileKind ? ForPath(TrimAuthority(text[(colon + 1)..])) : ParseCloud(text, kind);
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
    public override string ToString() => Kind == FileKind ? $"{FileKind}:{Name}" : $"{Kind}:{Scope}:{Name}";

    private static JobStoreLocator ParseCloud(string text, string kind)
    {
        if (!CloudKinds.Contains(kind))
        {
            throw new ToilException(
                $"'{text}' names no job store: there is no kind '{kind}'. The kinds are file, aws, google and azure; a path with a colon is written file:{text}.");
        }

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
