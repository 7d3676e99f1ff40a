using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Toil.Cli.Running;
using Toil.Debugging;
using Toil.JobStores;

namespace Toil.Cli.Commands;

/// <summary><c>toil debug-job</c>: runs an unfinished job here, outside its workflow.</summary>
internal static class DebugJobCommand
{
    private static readonly Argument<string?> Job = new("JOB") { Description = "The job's number or name; the only failed one if left out.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string> Directory = new("--retainTempDir") { Description = "Work in this directory instead of a new temporary one. It stays either way.", HelpName = "DIR" };
    private static readonly Option<bool> PrintJobInfo = new("--printJobInfo") { Description = "Only say what the job is, and bring its inputs together." };
    private static readonly Option<string> Program = new("--program") { Description = "For jobs in C#: the program that made the workflow, as a .dll or as the executable beside it.", HelpName = "FILE" };

    public static Command Build()
    {
        var command = StoreCommand.Build(
            "debug-job",
            "Run a job that has failed, or hasn't run, again in this terminal with the inputs that it had. The job store doesn't change: what the job writes stays in a directory that is named. Exits with the command's own exit code, or 1 when the job fails.",
            RunAsync);
        command.Add(Job);
        foreach (var option in new Option[] { Directory, PrintJobInfo, Program })
        {
            command.Add(option);
        }

        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, JobStoreLocator locator, CancellationToken cancellation)
    {
        await using var store = await JobStore.OpenAsync(locator, cancellation);
        var directory = parsed.GetValue(Directory) ?? System.IO.Directory.CreateTempSubdirectory("toil-debug-").FullName;
        await using var rehearsal = JobRehearsal.Open(store, parsed.GetValue(Job) is { } job ? Selection.OfJobs([job]) : null, directory);
        Describe(rehearsal, directory);
        return rehearsal.Order.Code.Vehicle switch
        {
            Vehicle.Command => await RunCommandAsync(rehearsal, parsed.GetValue(PrintJobInfo), cancellation),
            _ when parsed.GetValue(PrintJobInfo) => ExitCode.Success,
            Vehicle.Script => PowerShellProcess.Debug(locator, rehearsal.Order.Attempt.Job, directory),
            _ => await RunMethodAsync(rehearsal, parsed.GetValue(Program), cancellation),
        };
    }

    private static void Describe(JobRehearsal rehearsal, string directory)
    {
        var order = rehearsal.Order;
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Job        {order.JobName} (job {order.Attempt.Job}), {order.Code.Vehicle.ToString().ToLowerInvariant()}, asks for {order.Requirements}"));
        Console.Error.WriteLine($"Directory  {directory}");
        if (rehearsal.Failure is { } failure)
        {
            Console.Error.WriteLine($"Failed     {failure.Error.Message}");
        }
    }

    private static async Task<int> RunCommandAsync(JobRehearsal rehearsal, bool onlyPrepares, CancellationToken cancellation)
    {
        var words = await RehearsedCommand.PrepareAsync(rehearsal, cancellation);
        Console.Error.WriteLine($"Run again  {RehearsedCommand.ScriptOf(rehearsal.Files.TempDirectory)}");
        return onlyPrepares ? ExitCode.Success : await RehearsedCommand.RunAsync(rehearsal, words, cancellation);
    }

    private static async Task<int> RunMethodAsync(JobRehearsal rehearsal, string? program, CancellationToken cancellation)
    {
        if (program is null)
        {
            throw new UsageException("This job is in C#: give the program that made the workflow with --program.");
        }

        try
        {
            var value = await RehearsedMethod.RunAsync(rehearsal, Path.GetFullPath(program), (level, message) => Console.Error.WriteLine($"{level}: {message}"), cancellation);
            Console.Out.WriteLine(value is null or Promise or Toil.Job ? $"{value}" : JsonSerializer.Serialize(value));
            return ExitCode.Success;
        }
#pragma warning disable CA1031 // Whatever a job throws is what its debugging is about.
        catch (Exception error) when (error is not UsageException)
#pragma warning restore CA1031
        {
            Console.Error.WriteLine(error);
            return ExitCode.WorkflowFailed;
        }
    }
}
