using System.Diagnostics;
using Toil.JobStores;

namespace Toil.Integration.Tests.Extenders;

/// <summary>What the sample plug-in's batch system and job store hold.</summary>
internal static class SampleView
{
    /// <summary>The process number of each job of the batch system, in a file of its own.</summary>
    public static List<string> Submissions(Scratch scratch) => [.. Directory.EnumerateFiles(scratch.WorkDirectory, "*.pid", SearchOption.AllDirectories)];

    public static bool HasEnded(string submission) => File.Exists(Path.ChangeExtension(submission, ".exit"));

    /// <summary>Kills a job of the batch system with all that it has started in its session.</summary>
    public static Task KillAsync(string submission) => SignalAsync("-KILL", "--session", submission);

    /// <summary>Warns the program that a job of the batch system runs.</summary>
    public static Task CancelAsync(string submission) => SignalAsync("-TERM", "--parent", submission);

    /// <summary>Has each of so many jobs be committed once.</summary>
    public static async Task CheckCommitsAsync(Scratch scratch, int jobs)
    {
        await using var store = await JobStore.OpenAsync(JobStoreLocator.ForPath(BlobsOf(scratch)), TestContext.Current.CancellationToken);
        var commits = StoreView.CommitsIn(store.JournalFiles).Select(commit => commit.Job).ToList();
        Assert.Equal(jobs, commits.Distinct().Count());
        Assert.Equal(jobs, commits.Count);
    }

    /// <inheritdoc cref="StoreView.Traces"/>
    public static List<string> Traces(Scratch scratch) => [.. StoreView.Messages(BlobsOf(scratch)), .. Leftovers(scratch)];

    /// <summary>What nodes have kept, but for the batch system's own notes.</summary>
    public static List<string> Leftovers(Scratch scratch) =>
        [.. scratch.Leftovers().Where(path => !Path.GetFileName(path).StartsWith("processes-", StringComparison.Ordinal))];

    public static string BlobsOf(Scratch scratch) => Path.Combine(scratch.Store, "blobs");

    private static async Task SignalAsync(string signal, string whom, string submission)
    {
        using var kill = Process.Start("pkill", [signal, whom, (await File.ReadAllTextAsync(submission, TestContext.Current.CancellationToken)).Trim()]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
