using Toil.Agents;
using Toil.JobStores;
using Toil.Journaling;
using Toil.Leader;

namespace Toil.Debugging;

/// <summary>
/// An unfinished job's inputs, brought together so that it can be run outside its workflow, as often as one likes.
/// Nothing in the job store changes: what the job would write there stays in the rehearsal's own directory.
/// </summary>
internal sealed class JobRehearsal : IAsyncDisposable
{
    private JobRehearsal(LaunchOrder order, RehearsalFileStore files, FailedJob? failure)
    {
        (Order, Files, Failure) = (order, files, failure);
    }

    /// <summary>What to run, with all promises resolved.</summary>
    public LaunchOrder Order { get; }

    public RehearsalFileStore Files { get; }

    /// <summary>How it failed; null for a job that hasn't.</summary>
    public FailedJob? Failure { get; }

    /// <param name="store">Whose job.</param>
    /// <param name="wanted">The job's number or name; null for the only failed one.</param>
    /// <param name="directory">Where to bring things together; it is made.</param>
    /// <exception cref="ToilException">There is no such job, there are several, or its inputs aren't known.</exception>
    public static JobRehearsal Open(JobStore store, Func<JobInfo, bool>? wanted, string directory)
    {
        using var reader = new JournalReader(store.JournalFiles);
        var reactor = WorkflowInspector.Replay(reader);
        var job = Find(reactor, wanted);
        var order = reactor.Rehearse(job);
        var failure = reactor.Failures.TryGetValue(job, out var at) ? FailureRecord.Read(reader.Read(at)).ToFailedJob() : null;
        return new JobRehearsal(order, RehearsalFileStore.Create(store, order.Attempt, directory), failure);
    }

    public ValueTask DisposeAsync() => Files.DisposeAsync();

    private static long Find(Reactor reactor, Func<JobInfo, bool>? wanted)
    {
        var unfinished = reactor.States()
            .Where(one => one.Job != Reactor.WorkflowJob && one.State is JobState.Failed or JobState.Ready or JobState.Waiting or JobState.Up);
        var found = unfinished
            .Where(one => wanted is not null || one.State == JobState.Failed)
            .Select(one => new JobInfo(one.Job, reactor.Describe(one.Job).Name) { Status = JobHistory.StatusOf(one.State) })
            .Where(job => wanted?.Invoke(job) ?? true)
            .ToList();

        // Of several that fit, the one that failed is meant.
        var failed = found.Where(job => job.Status == JobStatus.Failed).ToList();
        return (found, failed) switch
        {
            ([var only], _) => only.Number,
            (_, [var only]) => only.Number,
            ([], _) => throw new ToilException(wanted is null
                ? "No job has failed. Name one that hasn't run yet, by its number or its name."
                : "There is no such job among those that haven't run. Of jobs that are done, the inputs aren't kept. See the jobs with: toil status --perJob, or Get-ToilJob."),
            _ => throw new ToilException($"Several jobs fit: {string.Join(", ", found.Take(10).Select(job => $"'{job.Name}' (job {job.Number})"))}{(found.Count > 10 ? " and more" : "")}. Name one by its number."),
        };
    }
}
