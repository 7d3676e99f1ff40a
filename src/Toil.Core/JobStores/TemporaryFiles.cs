using System.Globalization;

namespace Toil.JobStores;

/// <summary>
/// Files that aren't finished. Their names carry the time, since a hard link keeps the age of what it links to; only
/// files with such names are ever swept.
/// </summary>
internal sealed class TemporaryFiles(string directory, TimeProvider time)
{
    private const string Prefix = "toil-";
    private const string Suffix = ".part";

    public string Directory => directory;

    public string NewPath()
    {
        DurableDirectory.Create(directory);
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        return Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{now}-{Guid.NewGuid():N}{Suffix}"));
    }

    /// <summary>Removes what nobody has touched for longer than <paramref name="limit"/>: its writer was killed.</summary>
    public void Sweep(TimeSpan limit)
    {
        var oldest = time.GetUtcNow() - limit;
        foreach (var path in All())
        {
            if (CreatedAt(path) < oldest && File.GetLastWriteTimeUtc(path) < oldest.UtcDateTime)
            {
                File.Delete(path);
            }
        }
    }

    /// <summary>All temporary files, and nothing that merely lies beside them.</summary>
    public IEnumerable<string> All() => System.IO.Directory.Exists(directory)
        ? System.IO.Directory.EnumerateFiles(directory, Prefix + "*" + Suffix).Where(path => CreatedAt(path) is not null)
        : [];

    private static DateTimeOffset? CreatedAt(string path)
    {
        var parts = Path.GetFileName(path)[Prefix.Length..^Suffix.Length].Split('-');
        return parts.Length == 2
            && Guid.TryParseExact(parts[1], "N", out _)
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds < 100_000_000_000
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
    }
}
