using Toil.Jobs;
using Toil.Values;

namespace Toil.Leader;

internal sealed partial class Reactor
{
    /// <summary>What is being deleted, by a number that the record of its end names.</summary>
    private readonly SortedDictionary<long, Deletion> _deletions = [];
    private readonly Dictionary<long, List<string>> _cleanups = [];
    private readonly List<(long Job, Deletion Files)> _newDeletions = [];
    private readonly ValueOwnedFiles _ownedFiles = new();
    private long _deletionsMade;

    /// <summary>A record that says that files are gone.</summary>
    public static byte[] FilesDeletedRecord(long id) => JobRecord(RecordKind.FilesDeleted, id);

    /// <summary>Files that a record told to delete are gone.</summary>
    public void FilesDeleted(long id) => Append(FilesDeletedRecord(id));

    private void Delete(long job, Deletion files) => _newDeletions.Add((job, files));

    /// <summary>
    /// Numbers the deletions that one record has led to, by job: jobs that complete together do so in the order of their
    /// links, which isn't the same after a snapshot.
    /// </summary>
    private void BeginDeletions()
    {
        if (_newDeletions.Count == 0)
        {
            return;
        }

        foreach (var (_, files) in _newDeletions.OrderBy(deletion => deletion.Job))
        {
            var id = ++_deletionsMade;
            _deletions[id] = files;
            Do(new Command.DeleteFiles(id, files));
        }

        _newDeletions.Clear();
    }

    /// <summary>Deletes files now; those that a rerun of a checkpoint may need, once everything after it is complete.</summary>
    private void DeleteOrDefer(long job, IEnumerable<string> keys, int scope)
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
            Delete(job, new Deletion(due));
        }
    }

    /// <summary>Looks which files a commit's value and the arguments of its new jobs name.</summary>
    private void TrackFiles(in CommitHeader header, ReadOnlySpan<byte> body, List<(long Job, int Offset, int Length)> newJobs)
    {
        var job = header.Attempt.Job;
        var frees = _jobs[job].FreesFiles;
        if (!frees && !_ownedFiles.Any)
        {
            return;
        }

        var reader = new ByteReader(body);
        var named = ValueFiles.In(EncodedValue.ReadFrom(ref reader));
        if (frees)
        {
            _ownedFiles.Own(header.Attempt, named);
        }

        foreach (var (newJob, offset, length) in newJobs)
        {
            var definition = new ByteReader(body.Slice(offset, length));
            var arguments = ValueFiles.In(JobDefinition.ReadFrom(ref definition).Arguments);
            if (_jobs[newJob].FreesFiles)
            {
                _ownedFiles.AddArguments(newJob, arguments);
            }
            else
            {
                _ownedFiles.Keep(arguments);
            }
        }

        if (!frees)
        {
            _ownedFiles.Keep(named);
        }
        else if (_jobs[job].HoldsValue)
        {
            _ownedFiles.AddValue(job, named);
        }
    }

    /// <summary>Deletes the files that nothing names any more. A checkpoint that may run again keeps its arguments, and so whatever they lead to.</summary>
    private void FreeFiles()
    {
        if (_ownedFiles.AnyUnnamed)
        {
            Delete(WorkflowJob, new Deletion(_ownedFiles.TakeUnnamed()));
        }
    }

    private Checkpoint? KeeperOf(string key, int scope) =>
        _checkpoints.TryGetValue(scope, out var checkpoint) && checkpoint.IsOlder(key) ? checkpoint : null;

    /// <summary>The job and everything after it are complete.</summary>
    private void CleanUpAfter(long job)
    {
        if (_cleanups.Remove(job, out var keys))
        {
            Delete(job, new Deletion(keys));
        }
    }
}
