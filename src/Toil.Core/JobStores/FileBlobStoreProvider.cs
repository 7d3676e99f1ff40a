namespace Toil.JobStores;

/// <summary>Opens stores in directories.</summary>
internal sealed class FileBlobStoreProvider : IBlobStoreProvider
{
    /// <summary>No healthy write leaves its file untouched for so long.</summary>
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromDays(1);

    public string Kind => JobStoreLocator.FileKind;

    public ValueTask<IBlobStore?> OpenAsync(JobStoreLocator locator, bool create, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(locator);
        if (create)
        {
            Prepare(locator.Name);
        }

        if (!Directory.Exists(locator.Name))
        {
            return ValueTask.FromResult<IBlobStore?>(null);
        }

        var store = new FileBlobStore(locator.Name, TimeProvider.System);
        store.Temporary.Sweep(AbandonedAfter);
        return ValueTask.FromResult<IBlobStore?>(store);
    }

    private static void Prepare(string root)
    {
        if (File.Exists(root))
        {
            throw new ToilException($"Can't make a job store at {root}: it is a file. Choose a directory that doesn't exist yet.");
        }

        try
        {
            DurableDirectory.Create(root);
            RefuseForeign(root);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw StorageFailure.From(refused, "make a job store at", root);
        }
    }

    /// <summary>An empty directory is welcome, and so is what an interrupted creation leaves: nothing but temporary files.</summary>
    private static void RefuseForeign(string root)
    {
        var names = Directory.EnumerateFileSystemEntries(root).Select(Path.GetFileName).ToList();
        if (names.Contains(JobStoreLayout.Marker))
        {
            return;
        }

        if (names.Exists(name => name != BlobKey.Reserved))
        {
            throw new ToilException($"Can't make a job store at {root}: the directory isn't empty and is no job store. Choose one that doesn't exist yet.");
        }

        DurableDirectory.MakePrivate(root);
    }
}
