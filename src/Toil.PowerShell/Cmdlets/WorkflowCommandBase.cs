using Toil.Options;
using Toil.Running;

namespace Toil.Cmdlets;

/// <summary>What the cmdlets share that wait for a workflow.</summary>
public abstract class WorkflowCommandBase : ToilCommand
{
    /// <summary>Does the engine's work while its messages are shown; what ends it early becomes a terminating error.</summary>
    /// <returns>The work's result; nothing when the pipeline was stopped.</returns>
    private protected T? Watch<T>(ToilOptions options, Func<IWorkflowObserver, CancellationToken, Task<T>> run)
    {
        using var observer = Require("InvalidOption", options.LogFile, () => new PipelineObserver(options));
        using var signals = new StopSignals(observer);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation, signals.Token);
        try
        {
            var work = Task.Run(() => run(observer, stop.Token));
            observer.PumpUntil(this, work);
            return Wait(work);
        }
        catch (WorkflowCancelledException cancelled) when (Stopping)
        {
            // A stopped pipeline has no streams any more, but the user must learn how to go on.
            Host.UI.WriteWarningLine(cancelled.Message);
            if (Environment.GetEnvironmentVariable(RunOptions.Variable) is not null)
            {
                // Under toil run this shell is the program that was stopped; elsewhere it is the user's own.
                Host.SetShouldExit(ExitCode.Cancelled);
            }
        }
        catch (Exception error) when (error is ToilException or IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            ThrowTerminatingError(WorkflowErrors.ToRecord(error));
        }

        return default;
    }
}
