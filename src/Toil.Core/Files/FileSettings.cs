using System.Globalization;

namespace Toil.Files;

/// <summary>How attempts deal with files, on every node of a workflow alike.</summary>
/// <param name="LinkImports">Link imported files instead of copying them, where the file system can.</param>
/// <param name="Caching">Share copies among the jobs of a node, where files of the store can't be linked.</param>
/// <param name="CacheLimit">Most bytes that the copies on a node may take; null for half of what its disk has left for them.</param>
internal sealed record FileSettings(bool LinkImports, bool Caching, ByteSize? CacheLimit = null)
{
    /// <summary>Whether attempts' directories stay when the attempts let go of them: the agent knows which ones to remove.</summary>
    public bool KeepsDirectories { get; init; }

    public static FileSettings Of(ToilOptions options) => new(options.LinkImports, options.Caching ?? true, options.CacheSize)
    {
        KeepsDirectories = options.CleanWorkDir != CleanPolicy.Always,
    };

    /// <param name="text">What <see cref="ToString"/> gave.</param>
    public static FileSettings Parse(string text)
    {
        var parts = text.Split(' ');
        return new FileSettings(bool.Parse(parts[0]), bool.Parse(parts[1]), parts[2].Length == 0 ? null : long.Parse(parts[2], CultureInfo.InvariantCulture))
        {
            KeepsDirectories = bool.Parse(parts[3]),
        };
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{LinkImports} {Caching} {CacheLimit?.Bytes} {KeepsDirectories}");
}
