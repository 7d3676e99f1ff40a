using Toil.JobStores;

namespace Toil.Files;

/// <summary>
/// The folders of a job store in which files lie. Those of many attempts share one, and it stays as long as the store,
/// so a process makes each folder, and makes it durable, once.
/// </summary>
/// <param name="root">The job store's directory.</param>
/// <param name="disk">Makes names durable; null when nobody needs them after a power cut.</param>
internal sealed class FileFolders(string root, IDiskSync? disk)
{
    private readonly Dictionary<string, Task> _made = [];

    /// <summary>Makes a folder that isn't there.</summary>
    /// <param name="folder">Its key.</param>
    /// <returns>Done when the names that lead to it are durable.</returns>
    public Task Make(string folder)
    {
        lock (_made)
        {
            if (_made.TryGetValue(folder, out var made))
            {
                return made;
            }

            if (!Directory.Exists(root))
            {
                throw new ToilException($"The job store {root} is gone. Was it removed while in use?");
            }

            var path = Path.Combine(root, folder);
            try
            {
                FileModes.MakeDirectory(path);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw StorageFailure.From(failure, "make the directory", path);
            }

            return _made[folder] = SyncAbove(path);
        }
    }

    /// <summary>Somebody has removed a folder: it has to be made again.</summary>
    public void Forget(string folder)
    {
        lock (_made)
        {
            _made.Remove(folder);
        }
    }

    /// <summary>Also what other processes have just made is synced: nobody can tell whether they have got as far as that.</summary>
    private Task SyncAbove(string path)
    {
        var names = new DurableWrites(disk);
        for (var above = Path.GetDirectoryName(path)!; above.Length >= root.Length; above = Path.GetDirectoryName(above)!)
        {
            names.AddDirectory(above);
        }

        return names.WaitAsync(CancellationToken.None);
    }
}
