using System.Text;
using Toil.Files;
using Toil.Jobs;
using Toil.Values;

namespace Toil.Agents;

/// <summary>What every vehicle that runs job code does after it: check and number the jobs that were added, encode the commit.</summary>
internal static class AttemptBody
{
    /// <summary>Adds to the failure of an attempt what it did with global files.</summary>
    public static AttemptOutcome WithFileUse(this AttemptOutcome outcome, IAttemptFileStore? files) =>
        outcome.Failure is { } failure && files is not null
            ? outcome with { Failure = failure with { Log = [.. failure.Log, .. Encoding.UTF8.GetBytes(files.AccessLog)], Error = failure.Error.WithSpoiledInputs(files) } }
            : outcome;

    /// <summary>A job that has changed a file of the store has failed for good: another try couldn't read it.</summary>
    public static ErrorInfo WithSpoiledInputs(this ErrorInfo error, IAttemptFileStore? files) =>
        files?.RemoveSpoiledInputs() is { Length: > 0 } spoiled
            ? error with { Message = $"{error.Message}\n{spoiled}", Retryable = false }
            : error;

    /// <param name="order">What to run.</param>
    /// <param name="files">Its files.</param>
    /// <param name="log">Sends a message to the leader's log.</param>
    /// <param name="logsInRealTime">Whether what the job sends to the real-time log is passed on.</param>
    /// <param name="cancellation">Cancelled when it should end.</param>
    /// <param name="defer">Registers an action that runs after the attempt; null where there can't be any.</param>
    /// <param name="processes">Runs child processes for it; null where the job starts its own.</param>
    public static JobContext Context(
        LaunchOrder order, IAttemptFileStore files, Action<LogLevel, string> log, bool logsInRealTime, CancellationToken cancellation, Action<Job>? defer = null,
        Func<ChildStart, CancellationToken, Task<ChildExit>>? processes = null)
    {
        files.Log = log;
        var realTimeLog = logsInRealTime ? log : null;
        RealTimeLogger.Begin(realTimeLog);
        var self = new Job(order.JobName, order.Code, UnboundValue.Null) { Number = order.Attempt.Job };
        return new JobContext(self, order.Requirements, order.TryNumber, files, log, cancellation) { RealTimeLog = realTimeLog, Deferral = defer, Processes = processes };
    }

    /// <returns>The commit body. The data of the files that it names is durable.</returns>
    public static async Task<byte[]> RunAsync(
        Func<LaunchOrder, JobContext, Task<UnboundValue>> run, LaunchOrder order, JobContext context, IAttemptFileStore files)
    {
        var value = await run(order, context).ConfigureAwait(false);
        var commit = Encode(value, context.Self, files);
        await files.SyncAsync(context.Cancellation).ConfigureAwait(false);
        return commit;
    }

    public static byte[] Encode(UnboundValue value, Job self, IAttemptFileStore files)
    {
        // A promise in the return value brings its producer in, so that one which nothing starts is reported.
        var graph = JobGraph.Collect(value.Holes.Select(hole => hole.Producer), self);
        if (graph.Jobs.Count > 0)
        {
            JobGraphValidator.Validate(graph);
        }

        return CommitBody.Encode(value, graph, files.DeletedFiles, files.CleanupFiles);
    }

    /// <summary>Lets go of an attempt's files once its end has been told. What can't be removed now goes with the workflow's directory.</summary>
    public static async Task DiscardAsync(this IAttemptFileStore files)
    {
        try
        {
            await files.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is ToilException or IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>What kind of failure an exception from a job is.</summary>
    public static FailureReason ReasonOf(Exception error, CancellationToken cancellation) => error switch
    {
        OperationCanceledException when cancellation.IsCancellationRequested => FailureReason.Cancelled,
        OutOfMemoryException or ContainerFailedException { IsOutOfMemory: true } => FailureReason.OutOfMemory,
        _ => FailureReason.Error,
    };
}
