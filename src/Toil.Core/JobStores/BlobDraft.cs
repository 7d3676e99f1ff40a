using Microsoft.Win32.SafeHandles;

namespace Toil.JobStores;

/// <summary>A blob's content under a temporary name, until it is given its own. What isn't given one vanishes.</summary>
internal sealed class BlobDraft(string path, bool isFresh) : IDisposable
{
    private const int MostAttempts = 64;
    private const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public string Path => path;

    public static SafeFileHandle Create(string path, bool isExecutable)
    {
        var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        if (isExecutable && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(handle, File.GetUnixFileMode(handle) | Execute);
        }

        return handle;
    }

    /// <summary>Makes the bytes durable before the name that vouches for them.</summary>
    public static void Sync(string path)
    {
        using var handle = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.FlushToDisk(handle);
    }

    /// <returns>False when only-if-absent was asked for and the name is taken.</returns>
    public bool TryPublish(string target, bool onlyIfAbsent)
    {
        var parent = System.IO.Path.GetDirectoryName(target)!;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                DurableDirectory.Create(parent);
                var published = TryName(target, onlyIfAbsent);
                DurableDirectory.Sync(parent);
                return published;
            }
            catch (NamingException gone) when (gone.Errno == Errno.NotFound && attempt < MostAttempts && File.Exists(path))
            {
                // Deleting the last blob of a directory removes the directory, perhaps just now.
            }
        }
    }

    public void Dispose() => File.Delete(path);

    private bool TryName(string target, bool onlyIfAbsent)
    {
        // An empty directory is what a killed writer left there; one that isn't empty makes the key unusable.
        if (Directory.Exists(target) && !BlobFiles.TryRemoveDirectory(target))
        {
            throw new ToilException($"Can't put a blob at {target}: it is a directory, since other blobs have keys below it. Choose another key.");
        }

        if (onlyIfAbsent)
        {
            return AtomicName.TryLink(path, target, isFresh);
        }

        AtomicName.Replace(path, target);
        return true;
    }
}
