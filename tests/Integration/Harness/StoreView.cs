using Toil.Agents;
using Toil.JobStores;
using Toil.Journaling;
using Toil.Leader;
using Toil.Values;

namespace Toil.Integration.Tests;

/// <summary>What a job store holds, read beside its leader.</summary>
internal static class StoreView
{
    /// <summary>Every commit in the journal, in order; the workflow's own, which starts it, is left out.</summary>
    public static async Task<IReadOnlyList<AttemptId>> CommitsAsync(Scratch scratch)
    {
        await using var store = await OpenAsync(scratch);
        return CommitsIn(store.JournalFiles);
    }

    /// <inheritdoc cref="CommitsAsync"/>
    public static IReadOnlyList<AttemptId> CommitsIn(IJournalFiles files)
    {
        using var reader = new JournalReader(files);
        var commits = new List<AttemptId>();
        reader.Replay((_, record) => Note(record, commits), fromStart: true);
        return commits;
    }

    public static async Task<WorkflowStatus> StatusAsync(Scratch scratch)
    {
        await using var store = await OpenAsync(scratch);
        return WorkflowInspector.Read(store);
    }

    public static async Task<IReadOnlyCollection<JobInfo>> JobsAsync(Scratch scratch)
    {
        await using var store = await OpenAsync(scratch);
        return WorkflowInspector.ReadJobs(store);
    }

    /// <summary>Whether there is something to resume.</summary>
    public static async Task<bool> HoldsWorkflowAsync(Scratch scratch)
    {
        await using var store = await JobStore.FindAsync(JobStoreLocator.Parse(scratch.Store), TestContext.Current.CancellationToken);
        return store is { IsDestroying: false } && new JournalReader(store.JournalFiles).HoldsRecords();
    }

    /// <summary>Has <c>toil status --check</c> find nothing wrong.</summary>
    public static async Task CheckAsync(Scratch scratch)
    {
        var exit = await WorkflowProcess.ToilAsync(scratch, "status", scratch.Store, "--check");
        Assert.True(exit.Code == 0, exit.Output + exit.Error);
        Assert.Contains("everything is as recorded", exit.Output, StringComparison.Ordinal);
    }

    /// <summary>What leader and workers have left for each other, and what nodes have kept.</summary>
    public static List<string> Traces(Scratch scratch) => [.. Messages(scratch.Store), .. scratch.Leftovers()];

    /// <summary>What leader and workers have left for each other in a store's folder.</summary>
    public static IEnumerable<string> Messages(string folder) => FilesIn(folder, "outbox", "launch", "mail", "pilots/launch");

    /// <summary>All files in some folders, as far as these are there.</summary>
    public static IEnumerable<string> FilesIn(string parent, params string[] folders) =>
        folders.Select(folder => Path.Combine(parent, folder)).Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories));

    public static Task<JobStore> OpenAsync(Scratch scratch) =>
        JobStore.OpenAsync(JobStoreLocator.Parse(scratch.Store), TestContext.Current.CancellationToken);

    /// <summary>The global files that jobs wrote, as <c>folder/job-epoch.number-file</c>.</summary>
    public static IReadOnlyList<string> GlobalFiles(Scratch scratch)
    {
        var root = Path.Combine(scratch.Store, JobStoreLayout.Files);
        return Directory.Exists(root)
            ? [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(root, path))]
            : [];
    }

    private static void Note(ReadOnlySpan<byte> record, List<AttemptId> commits)
    {
        var reader = new ByteReader(record);
        if ((RecordKind)reader.ReadByte() == RecordKind.Commit)
        {
            var attempt = CommitHeader.ReadFrom(ref reader).Attempt;
            if (attempt.Job != Reactor.WorkflowJob)
            {
                commits.Add(attempt);
            }
        }
    }
}
