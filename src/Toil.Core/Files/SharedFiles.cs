using Toil.JobStores;

namespace Toil.Files;

/// <summary>The files of a job store that are known by names, as a job sees them.</summary>
internal sealed class SharedFiles(FileDepot depot, AttemptDirectory directory)
{
    public async Task WriteAsync(string name, string path, CancellationToken cancellation)
    {
        var source = SourceFile.Find(directory.Resolve(path), path, "write to the job store");
        await depot.Blobs.PutFileAsync(KeyOf(name), source.Path, FileIngest.Copy, null, cancellation).ConfigureAwait(false);
    }

    public async Task<string> ReadAsync(string name, string? path, CancellationToken cancellation)
    {
        var key = KeyOf(name);
        var target = path is null ? directory.NextInputPath(Path.GetFileName(name)) : directory.Resolve(path);
        if (Path.Exists(target))
        {
            throw new ToilException($"Can't read the shared file '{name}' to {target}: there is something already. Remove it first, or choose another path.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        try
        {
            await depot.Blobs.GetFileAsync(key, target, mayShare: false, cancellation).ConfigureAwait(false);
            return target;
        }
        catch (NoSuchBlobException absent)
        {
            throw Absent(name, absent);
        }
    }

    public async Task<Stream> OpenReadAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return await depot.Blobs.OpenReadAsync(KeyOf(name), cancellation).ConfigureAwait(false);
        }
        catch (NoSuchBlobException absent)
        {
            throw Absent(name, absent);
        }
    }

    private static string KeyOf(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return JobStoreLayout.Shared + name;
    }

    private static ToilException Absent(string name, NoSuchBlobException absent) =>
        new($"There is no shared file '{name}' in the job store. Write it first (Write-ToilFile -SharedName, or WriteSharedAsync), and check the name.", absent);
}
