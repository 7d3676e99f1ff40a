using System.CommandLine;
using Toil.Drawing;
using Toil.JobStores;

namespace Toil.Cli.Commands;

/// <summary><c>toil graph</c>: draws the graph of a workflow.</summary>
internal static class GraphCommand
{
    private static readonly Option<string> Format = new("--format", "-f")
    {
        Description = $"The language: {string.Join(", ", GraphStyle.Formats)}.",
        HelpName = "NAME",
        DefaultValueFactory = _ => GraphStyle.Tree,
    };

    private static readonly Option<bool> Fold = new("--fold") { Description = $"Draw one node for all jobs of a name. Graphs of more than {GraphStyle.MostNodes} jobs are folded anyway." };
    private static readonly Option<bool> NoFold = new("--noFold") { Description = "Draw every job, however many there are." };

    public static Command Build()
    {
        var command = StoreCommand.Build("graph", "Draw a workflow's jobs, where each one stands and what follows what. It doesn't disturb a workflow that runs.", ShowAsync);
        Format.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } given && !GraphStyle.Formats.Contains(given))
            {
                result.AddError($"--format: '{given}' is not valid; expected one of {string.Join(", ", GraphStyle.Formats)}.");
            }
        });
        Format.CompletionSources.Add([.. GraphStyle.Formats]);
        command.Add(Format);
        command.Add(Fold);
        command.Add(NoFold);
        return command;
    }

    public static void Write(TextWriter output, JobStore store, GraphStyle style) => style.Write(output, WorkflowGraph.Read(store));

    private static async Task<int> ShowAsync(ParseResult parsed, JobStoreLocator locator, CancellationToken cancellation)
    {
        bool? folds = parsed.GetValue(Fold) ? true : parsed.GetValue(NoFold) ? false : null;
        await using var store = await JobStore.OpenAsync(locator, cancellation);
        await using var output = new StreamWriter(Console.OpenStandardOutput());
        Write(output, store, new GraphStyle(parsed.GetValue(Format)!, folds));
        return ExitCode.Success;
    }
}
