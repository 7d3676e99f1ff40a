using System.ComponentModel;
using System.Text;

namespace Toil.Agents;

/// <summary>Runs deferred actions, each in a process of its own, one after the other. What goes wrong is said, and changes nothing.</summary>
/// <param name="start">Starts a process.</param>
/// <param name="environment">The environment of jobs.</param>
/// <param name="mark">What marks the processes of an attempt as the agent's.</param>
/// <param name="report">Takes the name of a job, and what went wrong with an action of it.</param>
internal sealed class DeferredRunner(
    Func<ChildStart, ChildProcess> start, Func<Dictionary<string, string>> environment, Func<AttemptId, string> mark, Action<string, string> report)
{
    /// <summary>One that takes longer is killed: a retry, or the workflow's end, waits for it.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Runs the actions in an attempt's directory and removes it.</summary>
    public async Task RunAsync(string directory)
    {
        try
        {
            foreach (var path in DeferredDirectory.ActionsIn(directory))
            {
                await RunActionAsync(path).ConfigureAwait(false);

                // An action that is killed here runs once more; one that is forgotten never would.
                File.Delete(path);
            }

            if (Directory.Exists(directory))
            {
                DeferredDirectory.Remove(directory);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            report(Path.GetFileName(directory), $"Its deferred actions in {directory} can't be run: {failure.Message}");
        }
    }

    /// <summary>Runs the actions that agents which have died left in a workflow's directory.</summary>
    public async Task RunAbandonedAsync(string workDirectory, AgentIdentity taker)
    {
        foreach (var directory in new DeferredDirectory(workDirectory).TakeAbandoned(taker))
        {
            await RunAsync(directory).ConfigureAwait(false);
        }
    }

    private async Task RunActionAsync(string path)
    {
        var job = Path.GetFileName(Path.GetDirectoryName(path)!);
        try
        {
            var action = DeferredAction.Decode(await File.ReadAllBytesAsync(path).ConfigureAwait(false));
            job = action.Order.JobName;
            if (await RunProcessAsync(action, path).ConfigureAwait(false) is { Length: > 0 } problem)
            {
                report(job, $"A deferred action {problem}");
            }
        }
        catch (Exception failure) when (failure is Win32Exception or InvalidDataException or System.Text.Json.JsonException)
        {
            report(job, $"A deferred action can't be started: {failure.Message}");
        }
    }

    /// <returns>What went wrong; empty when nothing did.</returns>
    private async Task<string> RunProcessAsync(DeferredAction action, string path)
    {
        var log = $"{path}.log";
        var variables = environment();
        action.Worker.SetEnvironment(variables);
        variables[DeferredProcess.Variable] = path;
        variables[AgentIdentity.Variable] = mark(action.Order.Attempt);
        var process = start(new ChildStart(action.Worker.Program, action.Worker.Arguments)
        {
            Environment = variables,
            WorkingDirectory = Path.GetDirectoryName(path),
            OutputPath = log,
        });
        var late = await Task.WhenAny(process.Exit, Task.Delay(Limit)).ConfigureAwait(false) != process.Exit;
        if (late)
        {
            process.KillSession();
        }

        var exit = await process.Exit.ConfigureAwait(false);
        return exit.Succeeded ? "" : $"{(late ? $"took longer than {Limit.TotalMinutes:0} minutes" : exit)}. {Tail(log)}".TrimEnd();
    }

    private static string Tail(string log)
    {
        using var file = File.OpenHandle(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return Encoding.UTF8.GetString(WorkerLog.Read(file, 0, 2000)).Trim();
    }
}
