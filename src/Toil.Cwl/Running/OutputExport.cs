using System.Globalization;
using System.Security.Cryptography;
using Toil.Cwl.Files;
using Toil.Files;
using Outputs = System.Collections.Generic.OrderedDictionary<string, object?>;

namespace Toil.Cwl.Running;

/// <summary>Puts the Files and Directories of an output object into a directory, each under a name of its own, and says where they are.</summary>
/// <param name="directory">The directory; it is made if it isn't there.</param>
/// <param name="export">Puts a file of the job store at a path; its content is durable.</param>
/// <param name="computesChecksums">Whether files get a checksum that have none.</param>
/// <param name="disk">Makes all of it durable, for a job store that is removed next; null where that needn't be waited for.</param>
internal sealed class OutputExport(string directory, Func<FileId, string, Task> export, bool computesChecksums, IDiskSync? disk)
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>The last number behind a name, so that nobody counts from the first again.</summary>
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<(object Source, string Directory, string Name), string> _placed = [];
    private readonly List<PlacedFile> _files = [];
    private readonly List<string> _directories = [directory];

    /// <returns>The object with <c>location</c> and <c>path</c> of what was put there.</returns>
    /// <exception cref="ToilException">A file can't be written, or its name would lead out of the directory.</exception>
    public async Task<Outputs> ExportAsync(Outputs outputs)
    {
        // Names are given in order before anything is copied, so that they don't depend on what is fastest.
        var placed = (Outputs)FileValues.Replace(outputs, item => Place(item, directory))!;
        Directory.CreateDirectory(directory);
        await ForEachAsync([.. _files.DistinctBy(file => file.Path)], (file, _) => WriteAsync(file.Original, file.Path)).ConfigureAwait(false);
        if (disk is not null)
        {
            await Task.Run(() => _directories.ForEach(disk.SyncDirectory)).ConfigureAwait(false);
        }

        await ForEachAsync(_files, (file, cancellation) => DescribeAsync(file.File, file.Path, cancellation)).ConfigureAwait(false);
        return placed;
    }

    /// <summary>Most tools have one file to put somewhere: that needs nobody beside it.</summary>
    private static Task ForEachAsync(List<PlacedFile> files, Func<PlacedFile, CancellationToken, Task> body) =>
        files.Count == 1 ? body(files[0], CancellationToken.None) : Parallel.ForEachAsync(files, async (file, cancellation) => await body(file, cancellation).ConfigureAwait(false));

    private Outputs Place(Outputs item, string into)
    {
        var name = FileNaming.Check(FileValues.BasenameOf(item) ?? $"_{_taken.Count}");
        var path = PathFor(item.GetValueOrDefault("location"), into, name);
        var placed = new Outputs
        {
            ["class"] = item["class"],
            ["location"] = LocalFiles.ToUri(path),
            ["basename"] = name,
        };
        if (FileValues.IsDirectory(item))
        {
            Directory.CreateDirectory(path);
            _directories.Add(path);
            placed["listing"] = ListingOf(item).ConvertAll(entry => (object?)Place((Outputs)entry!, path));
        }
        else
        {
            _files.Add(new PlacedFile(placed, item, path));
            Copy(item, placed, "checksum", "size", "format");
        }

        if (item.GetValueOrDefault("secondaryFiles") is List<object?> others)
        {
            placed["secondaryFiles"] = others.ConvertAll(other => (object?)Place((Outputs)other!, into));
        }

        placed["path"] = path;
        return placed;
    }

    private static List<object?> ListingOf(Outputs directory) =>
        !directory.ContainsKey("listing") && LocalFiles.TryGetPath(directory) is { } local ? LocalListing.Of(local) : FileValues.ListOf(directory, "listing");

    private static void Copy(Outputs from, Outputs to, params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
        {
            if (from.GetValueOrDefault(field) is { } value)
            {
                to[field] = value;
            }
        }
    }

    /// <summary>The same file is put at one place once; another of its name gets a number behind it.</summary>
    private string PathFor(object? source, string into, string name)
    {
        if (source is not null && _placed.TryGetValue((source, into, name), out var known))
        {
            return known;
        }

        var wanted = Path.Combine(into, name);
        var path = wanted;
        while (!_taken.Add(path))
        {
            var number = _numbers.GetValueOrDefault(wanted, 1) + 1;
            _numbers[wanted] = number;
            path = string.Create(CultureInfo.InvariantCulture, $"{wanted}_{number}");
        }

        if (source is not null)
        {
            _placed[(source, into, name)] = path;
        }

        return path;
    }

    private async Task WriteAsync(Outputs file, string path)
    {
        switch (file.GetValueOrDefault("location"))
        {
            case FileId id:
                await export(id, path).ConfigureAwait(false);
                break;
            case string location when LocalFiles.TryGetPath(location) is { } local:
                if (local != path)
                {
                    File.Copy(local, path, overwrite: true);
                    disk?.SyncFile(path);
                }

                break;
            case string location:
                throw new ToilException($"The output {location} can't be put into {directory}: it isn't a file of this machine or of the job store.");
            default:
                await File.WriteAllTextAsync(path, (string?)file.GetValueOrDefault("contents")).ConfigureAwait(false);
                disk?.SyncFile(path);
                break;
        }
    }

    private async Task DescribeAsync(Outputs file, string path, CancellationToken cancellation)
    {
        file.TryAdd("size", new FileInfo(path).Length);
        if (computesChecksums && !file.ContainsKey("checksum"))
        {
            file["checksum"] = await ChecksumOfAsync(path, cancellation).ConfigureAwait(false);
        }
    }

    // The specification's own checksum, which guards nothing.
#pragma warning disable CA5350
    private static async Task<string> ChecksumOfAsync(string path, CancellationToken cancellation)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        return $"sha1${Convert.ToHexStringLower(await SHA1.HashDataAsync(file, cancellation).ConfigureAwait(false))}";
    }
#pragma warning restore CA5350

    private sealed record PlacedFile(Outputs File, Outputs Original, string Path);
}
