namespace Toil.Leader;

internal sealed partial class Reactor
{
    /// <summary>What is being deleted, by a number that the record of its end names.</summary>
    private readonly SortedDictionary<long, Deletion> _deletions = [];
    private readonly Dictionary<long, List<string>> _cleanups = [];
    private long _deletionsMade;

    /// <summary>A record that says that files are gone.</summary>
    public static byte[] FilesDeletedRecord(long id) => JobRecord(RecordKind.FilesDeleted, id);

    /// <summary>Files that a record told to delete are gone.</summary>
    public void FilesDeleted(long id) => Append(FilesDeletedRecord(id));

    private void Delete(Deletion files)
    {
        var id = ++_deletionsMade;
        _deletions[id] = files;
        Do(new Command.DeleteFiles(id, files));
    }

    /// <summary>Deletes files now; those that a rerun of a checkpoint may need, once everything after it is complete.</summary>
    private void DeleteOrDefer(IEnumerable<string> keys, int scope)
    {
        var due = new List<string>();
        foreach (var key in keys)
        {
            if (KeeperOf(key, scope) is { } keeper)
            {
                keeper.Deferred.Add(key);
            }
            else
            {
                due.Add(key);
            }
        }

        if (due.Count > 0)
        {
            Delete(new Deletion(due));
        }
    }

    private Checkpoint? KeeperOf(string key, int scope) =>
        _checkpoints.TryGetValue(scope, out var checkpoint) && checkpoint.IsOlder(key) ? checkpoint : null;

    /// <summary>The job and everything after it are complete.</summary>
    private void CleanUpAfter(long job)
    {
        if (_cleanups.Remove(job, out var keys))
        {
            Delete(new Deletion(keys));
        }
    }
}
