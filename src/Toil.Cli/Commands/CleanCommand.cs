using System.CommandLine;

namespace Toil.Cli.Commands;

/// <summary><c>toil clean</c>: removes a job store.</summary>
internal static class CleanCommand
{
    public static Command Build() => StoreCommand.Build(
        "clean",
        "Remove a job store and everything that its workflow keeps there. Refused while the workflow runs.",
        async (_, locator, cancellation) =>
        {
            await StoreRemoval.RemoveAsync(locator, force: false, (job, what) => Console.Error.WriteLine($"{job}: {what}"), cancellation);
            Console.Error.WriteLine($"Removed {locator}.");
            return ExitCode.Success;
        });
}
