using System.CommandLine;
using Toil.JobStores;

namespace Toil.Cli.Commands;

/// <summary><c>toil status</c>: how far a workflow has come.</summary>
internal static class StatusCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "Write JSON, for programs." };

    public static Command Build()
    {
        var command = StoreCommand.Build(
            "status",
            "Say how far a workflow has come and which jobs have failed. It doesn't disturb a workflow that runs.",
            (parsed, locator, cancellation) => ShowAsync(locator, parsed.GetValue(Json), cancellation));
        command.Add(Json);
        return command;
    }

    private static async Task<int> ShowAsync(JobStoreLocator locator, bool json, CancellationToken cancellation)
    {
        await using var store = await JobStore.OpenAsync(locator, cancellation);
        // Asked first: a workflow that ends meanwhile is then shown as running, not as one that has to be resumed.
        var leader = await Leaders.FindAsync(store, cancellation);
        var status = WorkflowInspector.Read(store);
        if (json)
        {
            StatusReport.WriteJson(Console.OpenStandardOutput(), status, leader);
        }
        else
        {
            StatusReport.WriteText(Console.Out, status, leader);
        }

        return ExitCode.Success;
    }
}
