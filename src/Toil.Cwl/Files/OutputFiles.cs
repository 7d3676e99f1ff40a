using System.Text;
using Toil.Cwl.Expressions;
using Toil.JobStores;

namespace Toil.Cwl.Files;

/// <summary>Takes what a process has made into the job store, and gives back the values that other jobs can use.</summary>
/// <param name="files">The job's files.</param>
/// <param name="places">Where output files may lie.</param>
/// <param name="computesChecksums">Whether files get a checksum.</param>
/// <param name="bypassDirectory">Where files go instead of the job store; null for the job store.</param>
internal sealed class OutputFiles(IFileStore files, OutputPlaces places, bool computesChecksums, string? bypassDirectory)
{
    private readonly Dictionary<string, OrderedDictionary<string, object?>> _taken = [];

    /// <summary>Takes in all Files and Directories of a value.</summary>
    public async ValueTask<object?> TakeAsync(object? value, CancellationToken cancellation)
    {
        switch (value)
        {
            case List<object?> list:
                var items = new List<object?>(list.Count);
                foreach (var item in list)
                {
                    items.Add(await TakeAsync(item, cancellation).ConfigureAwait(false));
                }

                return items;
            case OrderedDictionary<string, object?> map when FileValues.IsFileOrDirectory(map, out _):
                return await TakeItemAsync(map, cancellation).ConfigureAwait(false);
            case OrderedDictionary<string, object?> map:
                var fields = new OrderedDictionary<string, object?>(map.Count);
                foreach (var (key, item) in map)
                {
                    fields[key] = await TakeAsync(item, cancellation).ConfigureAwait(false);
                }

                return fields;
            default:
                return value;
        }
    }

    private async ValueTask<OrderedDictionary<string, object?>> TakeItemAsync(OrderedDictionary<string, object?> item, CancellationToken cancellation)
    {
        var taken = FileValues.IsFile(item)
            ? await TakeFileAsync(item, cancellation).ConfigureAwait(false)
            : await TakeDirectoryAsync(item, cancellation).ConfigureAwait(false);
        if (FileValues.ListOf(item, "secondaryFiles") is { Count: > 0 } secondaries)
        {
            taken["secondaryFiles"] = await TakeAsync(secondaries, cancellation).ConfigureAwait(false);
        }

        return taken;
    }

    private async ValueTask<OrderedDictionary<string, object?>> TakeFileAsync(OrderedDictionary<string, object?> item, CancellationToken cancellation)
    {
        var place = places.Find(item);
        var content = place switch
        {
            { Original: { } original } => original,
            { HostPath: { } path } => await StoreAsync(path, FileValues.BasenameOf(item), cancellation).ConfigureAwait(false),
            _ => await WriteLiteralAsync(item, cancellation).ConfigureAwait(false),
        };
        return Merge(content, item);
    }

    private async ValueTask<OrderedDictionary<string, object?>> TakeDirectoryAsync(OrderedDictionary<string, object?> item, CancellationToken cancellation)
    {
        var place = places.Find(item);
        if (place is { Original: { } original })
        {
            return Merge(original, item);
        }

        var name = FileNaming.Check(FileValues.BasenameOf(item) ?? FileValues.NameLiteral(item));
        if (place is { HostPath: { } path })
        {
            return DescribeDirectory(name, await ListAsync(path, cancellation).ConfigureAwait(false));
        }

        var listing = await TakeAsync(FileValues.ListOf(item, "listing"), cancellation).ConfigureAwait(false);
        return new OrderedDictionary<string, object?> { ["class"] = "Directory", ["basename"] = name, ["listing"] = listing };
    }

    /// <summary>All of a directory on this machine.</summary>
    private async ValueTask<List<object?>> ListAsync(string directory, CancellationToken cancellation)
    {
        var names = Directory.EnumerateFileSystemEntries(directory).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).ToList();
        var listing = new List<object?>(names.Count);
        foreach (var name in names)
        {
            listing.Add(await TakePathAsync(Path.Combine(directory, name), name, cancellation).ConfigureAwait(false));
        }

        return listing;
    }

    private async ValueTask<OrderedDictionary<string, object?>> TakePathAsync(string path, string name, CancellationToken cancellation)
    {
        var place = places.Resolve(path);
        if (place.Original is { } original)
        {
            return Merge(original, new OrderedDictionary<string, object?> { ["basename"] = name });
        }

        if (!Directory.Exists(place.HostPath))
        {
            return await StoreAsync(place.HostPath!, name, cancellation).ConfigureAwait(false);
        }

        using var _ = places.Enter(place.HostPath);
        return DescribeDirectory(name, await ListAsync(place.HostPath, cancellation).ConfigureAwait(false));
    }

    /// <summary>Its location tells it from a literal, whose listing is for all to see.</summary>
    private static OrderedDictionary<string, object?> DescribeDirectory(string name, List<object?> listing) => new()
    {
        ["class"] = "Directory",
        ["location"] = $"{FileLocations.Scheme}{Guid.NewGuid():N}/{Uri.EscapeDataString(name)}",
        ["basename"] = name,
        ["listing"] = listing,
    };

    private async ValueTask<OrderedDictionary<string, object?>> StoreAsync(string path, string? basename, CancellationToken cancellation)
    {
        var name = FileNaming.Check(basename ?? Path.GetFileName(path));
        var key = $"{path}/{name}";
        if (_taken.TryGetValue(key, out var known))
        {
            return new OrderedDictionary<string, object?>(known);
        }

        var status = FileStatus.Of(path) ?? throw new ToilException($"The output file {path} is gone.");
        if (!status.IsRegular)
        {
            throw new ToilException($"The output '{Path.GetFileName(path)}' is {(Directory.Exists(path) ? "a directory, where a File is expected" : "neither a file nor a directory, but a pipe, a socket or a device")}. Have the tool make files only, or declare the output as it is.");
        }

        var checksum = computesChecksums ? FileChecksum.Of(path, status.Size) : null;
        object location = bypassDirectory is null
            ? await files.WriteAsync(path, name, cancellation: cancellation).ConfigureAwait(false)
            : BypassedFiles.Take(path, name, bypassDirectory);
        return new OrderedDictionary<string, object?>(_taken[key] = Describe(location, name, status.Size, checksum));
    }

    private async ValueTask<OrderedDictionary<string, object?>> WriteLiteralAsync(OrderedDictionary<string, object?> item, CancellationToken cancellation)
    {
        if (item.GetValueOrDefault("contents") is not string contents)
        {
            throw new ToilException($"The File '{FileValues.BasenameOf(item)}' has neither a path, nor a location, nor contents. Give it one of them.");
        }

        var bytes = Encoding.UTF8.GetBytes(contents);
        var name = FileNaming.Check(FileValues.BasenameOf(item) ?? FileValues.NameLiteral(item));
        var path = files.CreateTempFile();
        await File.WriteAllBytesAsync(path, bytes, cancellation).ConfigureAwait(false);
        object location = bypassDirectory is null
            ? await files.WriteAsync(path, name, cancellation: cancellation).ConfigureAwait(false)
            : BypassedFiles.Take(path, name, bypassDirectory);
        return Describe(location, name, bytes.Length, computesChecksums ? FileChecksum.Of(bytes) : null);
    }

    private static OrderedDictionary<string, object?> Describe(object location, string name, long size, string? checksum)
    {
        var (root, extension) = FileValues.SplitName(name);
        var file = new OrderedDictionary<string, object?>(8)
        {
            ["class"] = "File",
            ["location"] = location,
            ["basename"] = name,
            ["nameroot"] = root,
            ["nameext"] = extension,
            ["size"] = size,
        };
        if (checksum is not null)
        {
            file["checksum"] = checksum;
        }

        return file;
    }

    /// <summary>What the process says of a file on top of what the file is.</summary>
    private static OrderedDictionary<string, object?> Merge(OrderedDictionary<string, object?> content, OrderedDictionary<string, object?> said)
    {
        var merged = new OrderedDictionary<string, object?>(content);
        if (said.GetValueOrDefault("basename") is string name && name != content.GetValueOrDefault("basename") as string)
        {
            merged["basename"] = FileNaming.Check(name);
            if (FileValues.IsFile(content))
            {
                (merged["nameroot"], merged["nameext"]) = FileValues.SplitName(name);
            }
        }

        if (said.GetValueOrDefault("format") is string format)
        {
            merged["format"] = format;
        }

        merged.Remove("contents");
        return merged;
    }
}
