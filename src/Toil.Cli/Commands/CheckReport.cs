using Toil.JobStores;

namespace Toil.Cli.Commands;

/// <summary>Tells what <c>toil status --check</c> has found.</summary>
internal static class CheckReport
{
    /// <returns>The exit code.</returns>
    public static int Write(TextWriter output, StoreCheckResult result, JobStoreLocator locator, bool isRunning)
    {
        foreach (var problem in result.Problems)
        {
            output.WriteLine(problem);
        }

        output.WriteLine($"{locator}: {result.Jobs} jobs, {result.Files} files of {result.FileBytes}; {(result.Problems.Count == 0 ? "everything is as recorded" : $"{result.Problems.Count} problems")}.");
        if (isRunning)
        {
            output.WriteLine("The workflow runs: what attempts may have left behind wasn't looked for.");
        }

        return result.Problems.Count == 0 ? ExitCode.Success : ExitCode.JobStore;
    }
}
