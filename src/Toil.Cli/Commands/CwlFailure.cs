using System.Text;

namespace Toil.Cli.Commands;

/// <summary>What users are told when steps of a CWL process failed.</summary>
internal static class CwlFailure
{
    private const int Named = 20;

    public static string Describe(FailedJobsException failure)
    {
        var text = new StringBuilder(failure.Jobs.Count == 1 ? "1 step failed:" : $"{failure.Jobs.Count} steps failed:");
        foreach (var job in failure.Jobs.Take(Named))
        {
            text.Append($"\n  {job.Name} (job {job.Number}): {Indent(job.Error.Message)}");
            if (job.Error.Position.Length > 0)
            {
                text.Append($"\n    {Indent(job.Error.Position)}");
            }
        }

        if (failure.Jobs.Count > Named)
        {
            text.Append($"\n  … and {failure.Jobs.Count - Named} more");
        }

        return text.Append($"\nWhat finished is kept. Mend the cause, then go on with: toil cwl --restart --jobStore {failure.JobStore}\n")
            .Append($"A changed document takes effect in a new run only. See each log with: toil status {failure.JobStore}").ToString();
    }

    private static string Indent(string text) => text.TrimEnd().ReplaceLineEndings("\n    ");
}
