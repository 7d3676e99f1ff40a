using System.CommandLine;

namespace Toil.Cli.Commands;

/// <summary><c>toil worker</c>: runs jobs for the agent that started it.</summary>
internal static class WorkerCommand
{
    public static Command Describe() => new("worker", "Run jobs for an agent.") { Hidden = true };

    public static async Task<int> InvokeAsync(IReadOnlyList<string> arguments)
    {
        if (WorkerMode.IsWorkerFor(arguments))
        {
            return await WorkerMode.RunAsync(arguments);
        }

        Console.Error.WriteLine("toil: 'toil worker' is started by a workflow's agent on a node, not by hand. To run a workflow, use 'toil run'.");
        return ExitCode.Usage;
    }
}
