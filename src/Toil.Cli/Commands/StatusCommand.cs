using System.CommandLine;
using Toil.Drawing;
using Toil.JobStores;

namespace Toil.Cli.Commands;

/// <summary><c>toil status</c>: how far a workflow has come, and why it hasn't come further.</summary>
internal static class StatusCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "Write JSON, for programs." };
    private static readonly Option<bool> Check = new("--check")
    {
        Description = "Verify the job store instead: its journal is whole, files that jobs to come will read are there with their sizes, nothing was left behind. Exit code 3 if not.",
    };
    private static readonly Option<string[]> Jobs = new("--jobs") { Description = "Show these jobs, by number or by name; * and ? are allowed in names.", HelpName = "JOB", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<bool> PerJob = new("--perJob", "--printPerJobStats") { Description = "Show every job, and why it doesn't run." };
    private static readonly Option<bool> Verbose = new("--verbose") { Description = "The same as --perJob --printChildren --printLogs." };
    private static readonly Option<bool> PrintStatus = new("--printStatus") { Description = "Show the jobs that run and those that could, since when and where." };
    private static readonly Option<bool> PrintLogs = new("--printLogs") { Description = "Show the output of every failed attempt that is kept, that of jobs too which succeeded later." };
    private static readonly Option<bool> PrintChildren = new("--printChildren") { Description = "Show the successors of jobs." };
    private static readonly Option<bool> PrintDot = new("--printDot") { Description = "Write the graph in the DOT language instead, as toil graph --format dot does." };
    private static readonly Option<bool> NoAggStats = new("--noAggStats") { Description = "Leave out how many jobs stand where." };
    private static readonly Option<bool> FailIfNotComplete = new("--failIfNotComplete") { Description = "Exit with code 1 unless every job is complete." };

    public static Command Build()
    {
        var command = StoreCommand.Build(
            "status",
            "Say how far a workflow has come, what runs, what waits and why, and which jobs have failed. It doesn't disturb a workflow that runs.",
            RunAsync);
        foreach (var option in new Option[] { Json, Check, Jobs, PerJob, Verbose, PrintStatus, PrintLogs, PrintChildren, PrintDot, NoAggStats, FailIfNotComplete })
        {
            command.Add(option);
        }

        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, JobStoreLocator locator, CancellationToken cancellation)
    {
        await using var store = await JobStore.OpenAsync(locator, cancellation);
        // Asked first: a workflow that ends meanwhile is then shown as running, not as one that has to be resumed.
        var leader = await Leaders.FindAsync(store, cancellation);
        if (parsed.GetValue(Check))
        {
            return CheckReport.Write(Console.Out, await StoreCheck.RunAsync(store, leader is not null, cancellation), locator, leader is not null);
        }

        if (parsed.GetValue(PrintDot))
        {
            GraphCommand.Write(Console.Out, store, new GraphStyle("dot"));
            return ExitCode.Success;
        }

        var answer = leader is null ? null : await LeaderQuestion.AskAsync(store, cancellation);
        var status = WorkflowInspector.Read(store, answer);
        Show(parsed, store, new StatusReport(status, leader, answer is not null), answer);
        return parsed.GetValue(FailIfNotComplete) && !status.IsComplete ? ExitCode.WorkflowFailed : ExitCode.Success;
    }

    private static void Show(ParseResult parsed, JobStore store, StatusReport report, LeaderAnswer? answer)
    {
        var jobs = JobSelection(parsed) is { } isWanted ? WorkflowInspector.ReadJobs(store, answer, explains: true).Where(isWanted).ToList() : null;
        if (parsed.GetValue(Json))
        {
            report.WriteJson(Console.OpenStandardOutput(), jobs);
            return;
        }

        if (!parsed.GetValue(NoAggStats))
        {
            report.WriteText(Console.Out);
        }

        if (jobs is not null)
        {
            var all = parsed.GetValue(Verbose);
            var graph = all || parsed.GetValue(PrintChildren) ? WorkflowGraph.Read(store) : null;
            JobListing.Write(Console.Out, jobs, graph, withLogs: all || parsed.GetValue(PrintLogs));
        }
    }

    /// <returns>Null when single jobs aren't asked for.</returns>
    private static Func<JobInfo, bool>? JobSelection(ParseResult parsed)
    {
        if (parsed.GetValue(Jobs) is { Length: > 0 } given)
        {
            return Selection.OfJobs(given);
        }

        return parsed.GetValue(PerJob) || parsed.GetValue(Verbose) || parsed.GetValue(PrintChildren) ? _ => true
            : parsed.GetValue(PrintStatus) ? job => job.Status is JobStatus.Running or JobStatus.Ready
            : parsed.GetValue(PrintLogs) ? job => job.FailedAttempts > 0
            : null;
    }
}
