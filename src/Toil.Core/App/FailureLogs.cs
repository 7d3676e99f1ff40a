using Toil.Leader;

namespace Toil;

/// <summary>Writes the output of failed attempts into a directory, as <c>--writeLogs</c> asks: one file an attempt, named after its job.</summary>
internal sealed class FailureLogs(string? directory)
{
    public void Write(Command.ReportFailure report)
    {
        if (directory is null)
        {
            return;
        }

        Directory.CreateDirectory(directory);
        var name = string.Concat(report.JobName.Select(letter => char.IsLetterOrDigit(letter) || letter is '-' or '.' ? letter : '_'));
        File.WriteAllBytes(Path.Combine(directory, $"{name}_{report.Attempt}.log"), report.Failure.Log);
    }
}
