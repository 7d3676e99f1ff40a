using Toil.JobStores;

namespace Toil.Files;

/// <summary>What makes files durable; replaced where syncs are counted or made to fail.</summary>
internal interface IDiskSync
{
    /// <summary>Returns when the file's content is on the disk.</summary>
    void SyncFile(string path);

    /// <summary>Returns when the names in the directory are on the disk.</summary>
    void SyncDirectory(string path);
}

internal sealed class DiskSync : IDiskSync
{
    public static readonly DiskSync Instance = new();

    public void SyncFile(string path)
    {
        try
        {
            using var handle = FileCopy.OpenSource(path);
            RandomAccess.FlushToDisk(handle);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StorageFailure.From(failure, "make durable", path);
        }
    }

    public void SyncDirectory(string path)
    {
        try
        {
            DurableDirectory.Sync(path);
        }
        catch (NamingException gone) when (gone.Errno == Errno.NotFound)
        {
            // It was removed because it was empty, perhaps with those above it; then no name in it has to last.
        }
    }
}
