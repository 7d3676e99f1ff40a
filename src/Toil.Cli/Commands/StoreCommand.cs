using System.CommandLine;
using Toil.JobStores;

namespace Toil.Cli.Commands;

/// <summary>The shape of the commands that work on a job store.</summary>
internal static class StoreCommand
{
    public static readonly Argument<string> Store = new("STORE") { Description = "The job store: a path, or file:path." };

    public static Command Build(string name, string description, Func<ParseResult, JobStoreLocator, CancellationToken, Task<int>> run)
    {
        var command = new Command(name, description) { Store };
        command.SetAction((parsed, cancellation) => run(parsed, Locate(parsed), cancellation));
        return command;
    }

    private static JobStoreLocator Locate(ParseResult parsed)
    {
        try
        {
            return JobStoreLocator.Parse(parsed.GetRequiredValue(Store));
        }
        catch (ToilException error) when (error is not UsageException)
        {
            throw new UsageException(error.Message);
        }
    }
}
