using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Toil.Cwl.Expressions;
using Toil.Cwl.Files;
using Record = System.Collections.Generic.OrderedDictionary<string, object?>;

namespace Toil.Cwl.Running;

/// <summary>Brings the Files and Directories that values name into the job store. What is named twice is brought in once.</summary>
/// <param name="import">Brings in one file, by path or URL.</param>
/// <param name="cancellation">Stops it.</param>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore nobody asked for a wait handle holds nothing that needs disposing.")]
internal sealed class InputImport(Func<string, CancellationToken, Task<FileId>> import, CancellationToken cancellation)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<FileId>>> _files = new(StringComparer.Ordinal);

    /// <summary>So many at a time that a slow server doesn't hold up all others.</summary>
    private readonly SemaphoreSlim _room = new(Math.Max(4, 2 * Environment.ProcessorCount));

    /// <returns>The value, with files of the job store in the place of URIs.</returns>
    /// <exception cref="ToilException">Something that it names isn't there, or can't be had.</exception>
    public async Task<object?> ImportAsync(object? value) => value switch
    {
        List<object?> list => (await Task.WhenAll(list.Select(ImportAsync)).ConfigureAwait(false)).ToList(),
        Record map when FileValues.IsFile(map) => await ImportFileAsync(map).ConfigureAwait(false),
        Record map when FileValues.IsDirectory(map) => await ImportDirectoryAsync(map).ConfigureAwait(false),
        Record map => await ImportFieldsAsync(map).ConfigureAwait(false),
        _ => value,
    };

    private async Task<Record> ImportFieldsAsync(Record map)
    {
        var values = await Task.WhenAll(map.Values.Select(ImportAsync)).ConfigureAwait(false);
        var imported = new Record(values.Length);
        foreach (var name in map.Keys)
        {
            imported.Add(name, values[imported.Count]);
        }

        return imported;
    }

    private async Task<Record> ImportFileAsync(Record file)
    {
        var imported = new Record(file);
        if (file.GetValueOrDefault("location") is string location)
        {
            var id = await TakeAsync(location).ConfigureAwait(false);
            imported["location"] = id;
            imported["size"] = id.Size;
            imported["basename"] = FileValues.BasenameOf(file) ?? id.Name;
        }

        if (imported.GetValueOrDefault("basename") is string basename)
        {
            // Whatever the input object says of them.
            (imported["nameroot"], imported["nameext"]) = FileValues.SplitName(basename);
        }

        if (file.GetValueOrDefault("secondaryFiles") is { } others)
        {
            imported["secondaryFiles"] = await ImportAsync(others).ConfigureAwait(false);
        }

        return imported;
    }

    private async Task<Record> ImportDirectoryAsync(Record directory)
    {
        var imported = new Record(directory);
        imported["basename"] = FileValues.BasenameOf(directory);
        if (directory.ContainsKey("location"))
        {
            // Its listing is in the job store. That it has a location tells it from a literal.
            imported["location"] = $"{FileLocations.Scheme}{Guid.NewGuid():N}/{Uri.EscapeDataString(FileValues.BasenameOf(directory) ?? "")}";
        }

        imported["listing"] = await ImportAsync(directory.GetValueOrDefault("listing") ?? List(directory)).ConfigureAwait(false);
        return imported;
    }

    private static List<object?> List(Record directory)
    {
        if (directory.GetValueOrDefault("location") is not string location)
        {
            return [];
        }

        var path = LocalFiles.TryGetPath(location)
            ?? throw new ToilException($"The Directory {location} can't be imported: only directories of this machine can be listed. Give its files in 'listing'.");
        return Directory.Exists(path) ? LocalListing.Of(path) : throw new ToilException($"There is no directory {path}, which the inputs name.");
    }

    private Task<FileId> TakeAsync(string location) => _files.GetOrAdd(location, url => new(() => TakeOnceAsync(url))).Value;

    private async Task<FileId> TakeOnceAsync(string location)
    {
        await _room.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await import(LocalFiles.TryGetPath(location) ?? location, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _room.Release();
        }
    }
}
