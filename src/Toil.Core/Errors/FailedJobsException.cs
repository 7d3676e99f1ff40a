using System.Text;

namespace Toil;

/// <summary>A job that failed for good.</summary>
/// <param name="Number">Its number in the workflow.</param>
/// <param name="Name">What logs call it.</param>
/// <param name="Error">Why.</param>
/// <param name="Log">The tail of what it wrote.</param>
public sealed record FailedJob(long Number, string Name, ErrorInfo Error, string Log);

/// <summary>The workflow has ended because jobs failed. Everything that finished is kept in the job store.</summary>
public sealed class FailedJobsException(string jobStore, IReadOnlyList<FailedJob> jobs) : ToilException(Describe(jobStore, jobs))
{
    private const int Named = 20;

    public string JobStore { get; } = jobStore;

    public IReadOnlyList<FailedJob> Jobs { get; } = jobs;

    private static string Describe(string jobStore, IReadOnlyList<FailedJob> jobs)
    {
        var text = new StringBuilder();
        text.Append(jobs.Count == 1 ? "1 job failed" : $"{jobs.Count} jobs failed").Append(" in job store ").Append(jobStore).Append(':');
        foreach (var job in jobs.Take(Named))
        {
            text.Append($"\n  {job.Name} (job {job.Number}): {job.Error.Message}");
            if (job.Error.Position.Length > 0)
            {
                text.Append($"\n    {job.Error.Position.ReplaceLineEndings("\n    ").TrimEnd()}");
            }
        }

        if (jobs.Count > Named)
        {
            text.Append($"\n  … and {jobs.Count - Named} more");
        }

        return text.Append($"\nWhat finished is kept. Mend the cause, then go on with: --restart, or Resume-ToilWorkflow '{jobStore}'. See each log with: toil status {jobStore}, or Get-ToilLog '{jobStore}'.").ToString();
    }
}
