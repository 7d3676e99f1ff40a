using Toil.Agents;
using Toil.Files;

namespace Toil;

/// <summary>Lets a program that makes workflows also be the worker that runs their C# jobs.</summary>
public static class WorkerMode
{
    /// <summary>True when an agent has started this process as a worker: the program should do nothing but await <c>RunAsync</c>.</summary>
    public static bool IsWorker => WorkerEnvironment.IsPresent || DeferredProcess.IsPresent;

    /// <summary>True when an agent or a batch system has started this process with these arguments: the program should do nothing but await <see cref="RunAsync(IReadOnlyList{string})"/>.</summary>
    public static bool IsWorkerFor(IReadOnlyList<string> arguments) => IsWorker || RemoteWorkerArguments.Match(arguments);

    /// <summary>Does what this process was started for: runs C# jobs for an agent, or is an agent on a node of a batch system.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        if (IsWorker)
        {
            return await RunAsync().ConfigureAwait(false);
        }

        try
        {
            var given = RemoteWorkerArguments.Parse(arguments);
            return await (given.IsPilot ? Pilot.RunAsync(given, TimeProvider.System) : RemoteWorker.RunAsync(given)).ConfigureAwait(false);
        }
        catch (Exception error) when (error is ToilException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            await Console.Error.WriteLineAsync($"toil: {error.Message}").ConfigureAwait(false);
            return ExitCodes.Of(error);
        }
    }

    /// <summary>Runs C# jobs until the agent is done.</summary>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync() => RunAsync(WorkerFiles.ForWorker());

    internal static Task<int> RunAsync(Func<WorkerEnvironment, LaunchOrder, IAttemptFileStore> openFiles)
    {
        // A thread of its own, so that the calling one may be anything: jobs block it for as long as they run.
        var done = new TaskCompletionSource<int>();
        var thread = new Thread(() => Run(openFiles, done)) { Name = "Toil worker" };
        thread.Start();
        return done.Task;
    }

    /// <summary>Runs what this process was started for: an agent's jobs, or one deferred action.</summary>
    internal static async Task<int> RunAsync(IJobRunner runner, Func<WorkerEnvironment, LaunchOrder, IAttemptFileStore> openFiles)
    {
        if (DeferredProcess.IsPresent)
        {
            return await DeferredProcess.RunAsync(runner).ConfigureAwait(false);
        }

        await WorkerHost.RunAsync(runner, openFiles).ConfigureAwait(false);
        return 0;
    }

    private static void Run(Func<WorkerEnvironment, LaunchOrder, IAttemptFileStore> openFiles, TaskCompletionSource<int> done)
    {
        try
        {
            done.SetResult(RunAsync(new MethodRunner(), openFiles).GetAwaiter().GetResult());
        }
        catch (Exception error)
        {
            done.SetException(error);
        }
    }
}
