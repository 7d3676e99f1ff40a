using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Globalization;
using Toil.JobStores;

namespace Toil.Cli.Commands;

/// <summary><c>toil kill</c>: asks a running workflow to stop, and waits until it has.</summary>
internal static class KillCommand
{
    private static readonly Option<int> Timeout = new("--timeout")
    {
        Description = "How many seconds to wait for the leader to end.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 60,
        CustomParser = ReadSeconds,
    };

    public static Command Build()
    {
        var command = StoreCommand.Build(
            "kill",
            "Stop a running workflow: its jobs are ended, what has finished is kept, and it can be resumed with --restart.",
            (parsed, locator, cancellation) => KillAsync(locator, TimeSpan.FromSeconds(parsed.GetValue(Timeout)), cancellation));
        command.Add(Timeout);
        return command;
    }

    private static int ReadSeconds(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            result.AddError($"--timeout: '{text}' is not valid; expected a whole number of seconds, 0 or more.");
        }

        return seconds;
    }

    private static async Task<int> KillAsync(JobStoreLocator locator, TimeSpan timeout, CancellationToken cancellation)
    {
        await using var store = await JobStore.OpenAsync(locator, cancellation);
        if (await Leaders.FindAsync(store, cancellation) is null)
        {
            Console.Error.WriteLine($"No workflow is running in {locator}.");
            return ExitCode.Success;
        }

        await store.KillFlag.SetAsync(cancellation);
        var began = Stopwatch.GetTimestamp();
        while (await Leaders.FindAsync(store, cancellation) is { } leader)
        {
            if (Stopwatch.GetElapsedTime(began) >= timeout)
            {
                throw new ToilException(
                    $"The workflow has been asked to stop, but its leader, process {leader.ProcessId} on {leader.Host}, still runs after {timeout.TotalSeconds:0} s. "
                    + $"Wait longer with: toil kill --timeout 600 {locator}; or end that process yourself.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), cancellation);
        }

        Console.Error.WriteLine($"The workflow in {locator} has stopped. Resume it with --restart.");
        return ExitCode.Success;
    }
}
