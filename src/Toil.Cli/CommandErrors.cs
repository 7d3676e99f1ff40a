namespace Toil.Cli;

/// <summary>Turns what goes wrong into words on standard error and an exit code.</summary>
internal static class CommandErrors
{
    public static int Guard(Func<int> command)
    {
        try
        {
            return command();
        }
        catch (Exception error) when (IsExpected(error))
        {
            return Report(error);
        }
    }

    public static async Task<int> GuardAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (Exception error) when (IsExpected(error))
        {
            return Report(error);
        }
    }

    /// <summary>Says what is wrong with the command line.</summary>
    public static int ReportUsage(string message, string seeAlso)
    {
        Console.Error.WriteLine($"toil: {message}\n{seeAlso}");
        return ExitCode.Usage;
    }

    private static bool IsExpected(Exception error) =>
        error is ToilException or OperationCanceledException or IOException or UnauthorizedAccessException;

    // These commands work on nothing but a job store: what else fails, fails there.
    private static int Report(Exception error)
    {
        Console.Error.WriteLine($"toil: {error.Message}");
        return error switch
        {
            UsageException => ExitCode.Usage,
            OperationCanceledException => ExitCode.Cancelled,
            _ => ExitCode.JobStore,
        };
    }
}
