using System.Globalization;
using Toil.Agents;
using Toil.JobStores;
using Toil.Journaling;
using Toil.Leader;
using Toil.Stats;
using Toil.Values;

namespace Toil;

/// <summary>What a check of a job store has found.</summary>
/// <param name="Jobs">How many jobs its journal tells of.</param>
/// <param name="Files">How many files it holds.</param>
/// <param name="FileBytes">Their size.</param>
/// <param name="Problems">What is wrong, a sentence each.</param>
internal sealed record StoreCheckResult(long Jobs, long Files, ByteSize FileBytes, IReadOnlyList<string> Problems);

/// <summary>Verifies a job store: its journal is whole, the files that jobs to come will read are there, and nothing was left behind.</summary>
internal sealed class StoreCheck(JobStore store) : IHistoryVisitor
{
    private readonly HashSet<AttemptId> _committed = [];
    private readonly HashSet<string> _deleted = [];
    private readonly HashSet<string> _cleanedUp = [];
    private readonly List<string> _problems = [];
    private long _jobs;

    /// <param name="store">What to check.</param>
    /// <param name="isRunning">A leader works with it: what attempts have left can't be told from what they are writing.</param>
    /// <param name="cancellation">Stops the check.</param>
    public static async Task<StoreCheckResult> RunAsync(JobStore store, bool isRunning, CancellationToken cancellation)
    {
        var check = new StoreCheck(store);
        using var reader = new JournalReader(store.JournalFiles);
        var files = new Dictionary<string, long>();
        await foreach (var blob in store.Blobs.ListAsync(JobStoreLayout.Files, cancellation).ConfigureAwait(false))
        {
            files[blob.Key] = blob.Size;
        }

        if (check.ReadJournal(reader) is { } reactor)
        {
            await check.CheckNamedFilesAsync(reactor, files, cancellation).ConfigureAwait(false);
            if (!isRunning)
            {
                check.CheckLeftovers(reactor, files);
            }
        }

        return new StoreCheckResult(check._jobs, files.Count, files.Values.Sum(), check._problems);
    }

    public void Added(long job, string name, ResourceRequest request) => _jobs++;

    public void Ready(long job, DateTimeOffset at) { }

    public void Committed(AttemptId attempt, ResourceUsage usage) => _committed.Add(attempt);

    public void Deleted(string fileKey) => _deleted.Add(fileKey);

    public void CleanedUp(string fileKey) => _cleanedUp.Add(fileKey);

    public void Failed(FailureRecord failure, bool isFinal) { }

    public void Resumed(DateTimeOffset at) { }

    /// <returns>Null when it can't be read to its end: what it says of files then counts for nothing.</returns>
    private Reactor? ReadJournal(JournalReader reader)
    {
        try
        {
            var whole = WorkflowHistory.Read(reader, this);
            var resumed = WorkflowInspector.Replay(reader);
            if ((whole.Counts.Total, whole.Counts.Done, whole.LiveJobs, whole.LiveLinks) != (resumed.Counts.Total, resumed.Counts.Done, resumed.LiveJobs, resumed.LiveLinks))
            {
                _problems.Add("The newest snapshot in the journal doesn't say the same as the records before it. Remove nothing, and report this.");
            }

            return whole;
        }
        catch (Exception damage) when (damage is JournalDamagedException or InvalidDataException)
        {
            _problems.Add(damage.Message);
            return null;
        }
    }

    private async Task CheckNamedFilesAsync(Reactor reactor, Dictionary<string, long> files, CancellationToken cancellation)
    {
        var seen = new HashSet<string>();
        foreach (var (job, value) in reactor.ValuesAhead())
        {
            foreach (var file in ValueFiles.Named(value).Where(file => seen.Add(file.Key)))
            {
                // One that the list doesn't have may have been written since.
                var size = files.TryGetValue(file.Key, out var listed) ? listed : (await store.Blobs.HeadAsync(file.Key, cancellation).ConfigureAwait(false))?.Size;
                CheckFile(file, job, size);
            }
        }
    }

    private void CheckFile(FileId file, long job, long? size)
    {
        var who = job == Reactor.WorkflowJob ? "the workflow's value" : FormattableString.Invariant($"job {job}");
        if (size is null)
        {
            if (!_deleted.Contains(file.Key) && !_cleanedUp.Contains(file.Key))
            {
                _problems.Add($"File '{file.Name}' ({file.Key}), which {who} names, is missing.");
            }
        }
        else if (size != file.Size)
        {
            _problems.Add($"File '{file.Name}' ({file.Key}), which {who} names, has {size} bytes; it was written with {file.Size}.");
        }
    }

    private void CheckLeftovers(Reactor reactor, Dictionary<string, long> files)
    {
        var pending = reactor.FilesToDelete().ToHashSet();
        foreach (var key in files.Keys.Where(key => _deleted.Contains(key) && !pending.Contains(key)))
        {
            _problems.Add($"File {key} was deleted, and is still there.");
        }

        foreach (var attempt in files.Keys.GroupBy(AttemptId.WriterOf).Where(group => group.Key is { } writer && !_committed.Contains(writer)))
        {
            _problems.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"Attempt {attempt.Key} wasn't committed, and has left {attempt.Count()} files of {new ByteSize(attempt.Sum(key => files[key]))} as {attempt.Key!.Value.FilePrefix}*. Resuming the workflow removes them."));
        }
    }
}
