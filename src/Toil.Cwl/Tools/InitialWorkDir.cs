using System.Globalization;
using Toil.Cwl.Files;
using Toil.Cwl.Loading;
using Toil.Cwl.Model;

namespace Toil.Cwl.Tools;

/// <summary>Fills a tool's output directory before it starts, as its InitialWorkDirRequirement says.</summary>
internal sealed class InitialWorkDir(ToolJob job, InitialWorkDirRequirement requirement, FilePlacing placing)
{
    /// <exception cref="CwlException">An entry is none, or would lie outside of the output directory.</exception>
    public async Task FillAsync()
    {
        // All of them are evaluated before any input moves: expressions see the inputs where they were.
        var entries = new WorkDirListing(job, requirement).Evaluate();
        foreach (var entry in entries)
        {
            var path = PathOf(entry);
            if (entry.Content is OrderedDictionary<string, object?> item)
            {
                await PlaceAsync(item, path, entry.Writable).ConfigureAwait(false);
            }
            else
            {
                var host = Prepare(path);
                await File.WriteAllTextAsync(host, (string)entry.Content, job.Cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task PlaceAsync(OrderedDictionary<string, object?> item, string path, bool writable)
    {
        var staged = FindStaged(item);
        if (staged is not null)
        {
            job.Staging.Move(staged, path);
        }

        var source = staged?.Original ?? (item.GetValueOrDefault("path") is string at ? job.Staging.FindOriginal(at) : null) ?? item;
        if (FileValues.IsDirectory(item) && ReferenceEquals(source, item) && LocalFiles.TryGetPath(item) is null)
        {
            placing.MakeDirectory(HostOf(path));
            await PlaceAllAsync(FileValues.ListOf(item, "listing"), path, writable).ConfigureAwait(false);
        }
        else if (job.Container is not null && writable && IsUpdatedInPlace(source))
        {
            _ = Prepare(path, FileValues.IsDirectory(item));
            job.Directories.Share(LocalFiles.TryGetPath(source)!, path);
        }
        else
        {
            await placing.PlaceAsync(source, Prepare(path, FileValues.IsDirectory(item)), writable && !IsUpdatedInPlace(source), job.Cancellation).ConfigureAwait(false);
        }

        await PlaceAllAsync(FileValues.ListOf(item, "secondaryFiles"), path[..path.LastIndexOf('/')], writable).ConfigureAwait(false);
    }

    /// <summary>Whether the tool gets a file itself instead of a copy: one that another step made. What the user gave is never changed.</summary>
    private bool IsUpdatedInPlace(OrderedDictionary<string, object?> item) =>
        job.Requirements.Get<InplaceUpdateRequirement>() is { Enable: true }
        && job.Options.BypassDirectory is { } directory
        && LocalFiles.TryGetPath(item) is { } path
        && FileNaming.IsInside(path, directory);

    private async Task PlaceAllAsync(List<object?> items, string directory, bool writable)
    {
        foreach (var item in items.Cast<OrderedDictionary<string, object?>>())
        {
            await PlaceAsync(item, $"{directory}/{NameOf(item)}", writable).ConfigureAwait(false);
        }
    }

    private StagedItem? FindStaged(OrderedDictionary<string, object?> item) =>
        (item.GetValueOrDefault("path") is string path ? job.Staging.FindItem(path) : null)
        ?? (item.GetValueOrDefault("location") is { } location ? job.Staging.FindByLocation(location) : null);

    private string NameOf(OrderedDictionary<string, object?> item) => FileNaming.Check(FileValues.BasenameOf(item)
        ?? throw new CwlException(requirement.Position, $"A {FileValues.ClassOf(item)} in the listing has neither a name nor a location. Give it a basename."));

    /// <summary>Where the tool will see an entry.</summary>
    private string PathOf(WorkDirEntry entry)
    {
        var name = entry.Name ?? NameOf((OrderedDictionary<string, object?>)entry.Content);
        var output = job.Directories.Output;
        var path = name.Contains('\0', StringComparison.Ordinal) ? "" : Path.GetFullPath(name.StartsWith('/') ? name : $"{output}/{name}").TrimEnd('/');
        if (path.StartsWith(output + "/", StringComparison.Ordinal))
        {
            return path;
        }

        return name.StartsWith('/') ? Elsewhere(path, entry) : throw new CwlException(
            entry.Position, $"'{name}' isn't the name of a file in the output directory. Choose one that stays inside.");
    }

    /// <summary>A container can see a file at any place.</summary>
    private string Elsewhere(string path, WorkDirEntry entry)
    {
        if (job.Tool.Version < CwlVersion.V1_2 || job.Container is null || !job.Requirements.Demands<DockerRequirement>())
        {
            throw new CwlException(entry.Position, $"The entry '{path}' lies outside of the output directory. That is possible from v1.2 on, where DockerRequirement is among the requirements.");
        }

        var others = job.Directories.Others;
        if (job.Directories.ToHost(path) is null)
        {
            others.Add((string.Create(CultureInfo.InvariantCulture, $"{job.Directories.Root}/other/{others.Count}/{Path.GetFileName(path)}"), path));
        }

        return path;
    }

    private string HostOf(string path) => job.Directories.ToHost(path)!;

    /// <summary>A later entry takes the place of an earlier one of its name.</summary>
    private string Prepare(string path, bool isDirectory = false)
    {
        var host = HostOf(path);
        placing.MakeDirectory(Path.GetDirectoryName(host)!);
        if (!isDirectory)
        {
            File.Delete(host);
        }

        return host;
    }
}
