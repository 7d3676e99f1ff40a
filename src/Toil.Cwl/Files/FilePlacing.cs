namespace Toil.Cwl.Files;

/// <summary>Puts Files and Directories where a tool will look for them.</summary>
/// <param name="files">The job's files.</param>
/// <param name="linksUris">Whether files that aren't in the job store are linked where they lie, instead of being taken into it.</param>
internal sealed class FilePlacing(IFileStore files, bool linksUris)
{
    private readonly HashSet<string> _made = [];

    /// <param name="item">A File, with or without a location, or a Directory with its listing.</param>
    /// <param name="path">Where, on this machine.</param>
    /// <param name="writable">A private copy, for the tool to change.</param>
    /// <param name="cancellation">Stops a copy.</param>
    public async Task PlaceAsync(OrderedDictionary<string, object?> item, string path, bool writable, CancellationToken cancellation)
    {
        MakeDirectory(Path.GetDirectoryName(path)!);
        if (FileValues.IsDirectory(item))
        {
            await PlaceDirectoryAsync(item, path, writable, cancellation).ConfigureAwait(false);
        }
        else
        {
            await PlaceFileAsync(item, path, writable, cancellation).ConfigureAwait(false);
        }
    }

    public void MakeDirectory(string path)
    {
        if (_made.Add(path))
        {
            Directory.CreateDirectory(path);
        }
    }

    private async Task PlaceDirectoryAsync(OrderedDictionary<string, object?> item, string path, bool writable, CancellationToken cancellation)
    {
        var local = item.ContainsKey("listing") ? null : LocalFiles.TryGetPath(item);
        if (linksUris && local is not null)
        {
            LocalFiles.Link(local, path, writable);
            return;
        }

        MakeDirectory(path);
        var listing = local is null ? FileValues.ListOf(item, "listing") : DirectoryListing.Of(local);
        foreach (var child in listing.Cast<OrderedDictionary<string, object?>>())
        {
            var name = FileValues.BasenameOf(child) ?? throw new ToilException($"An item of the Directory '{Path.GetFileName(path)}' has no basename. Give it one.");
            await PlaceAsync(child, Path.Combine(path, FileNaming.Check(name)), writable, cancellation).ConfigureAwait(false);
            foreach (var secondary in FileValues.ListOf(child, "secondaryFiles").Cast<OrderedDictionary<string, object?>>())
            {
                await PlaceAsync(secondary, Path.Combine(path, FileNaming.Check(FileValues.BasenameOf(secondary) ?? "")), writable, cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task PlaceFileAsync(OrderedDictionary<string, object?> item, string path, bool writable, CancellationToken cancellation)
    {
        switch (item.GetValueOrDefault("location"))
        {
            case FileId file:
                await files.ReadAsync(file, path, mutable: writable, cancellation: cancellation).ConfigureAwait(false);
                break;
            case string location:
                await PlaceUriAsync(location, path, writable, cancellation).ConfigureAwait(false);
                break;
            default:
                await File.WriteAllTextAsync(path, (string?)item.GetValueOrDefault("contents") ?? "", cancellation).ConfigureAwait(false);
                break;
        }
    }

    private async Task PlaceUriAsync(string location, string path, bool writable, CancellationToken cancellation)
    {
        if (linksUris && LocalFiles.TryGetPath(location) is { } local)
        {
            LocalFiles.Link(local, path, writable);
            return;
        }

        var file = await files.ImportAsync(location, cancellation).ConfigureAwait(false);
        await files.ReadAsync(file, path, mutable: writable, cancellation: cancellation).ConfigureAwait(false);
    }
}
