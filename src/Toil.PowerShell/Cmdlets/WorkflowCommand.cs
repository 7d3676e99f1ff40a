using System.Management.Automation;
using Toil.Options;
using Toil.Running;
using Toil.Values;

namespace Toil.Cmdlets;

/// <summary>What the cmdlets share that run a workflow.</summary>
public abstract class WorkflowCommand : ToilCommand, IDynamicParameters
{
    /// <summary>The job store: a directory, or a locator such as <c>file:store</c>.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(JobStoreCompleter))]
    [ValidateNotNullOrEmpty]
    public string? JobStore { get; set; }

    /// <inheritdoc/>
    public abstract object GetDynamicParameters();

    private protected ToilOptions ReadOptions(bool isRestart = false)
    {
        var options = Require("InvalidOption", JobStore, () => OptionParameters.Read(this, JobStore, isRestart));
        return Require("NoJobStore", null, () => options.JobStore.Length > 0 ? options : throw new UsageException("Which job store? Name a directory with -JobStore."));
    }

    /// <summary>Opens a workflow, runs it and writes its value, all while its messages are shown.</summary>
    private protected void Run(ToilOptions options, Func<IWorkflowObserver, Task<Workflow>> open, Func<Workflow, IWorkflowObserver, CancellationToken, Task<EncodedValue>> run)
    {
        using var observer = Require("InvalidOption", options.LogFile, () => new PipelineObserver(options));
        using var signals = new StopSignals(observer);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation, signals.Token);
        Workflow? workflow = null;
        try
        {
            var work = Task.Run(async () =>
            {
                workflow = await open(observer).ConfigureAwait(false);
                return await run(workflow, observer, stop.Token).ConfigureAwait(false);
            });
            observer.PumpUntil(this, work);
            WriteValue(Wait(work), workflow!, options);
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
        finally
        {
            Close(workflow);
        }
    }

    private static void Close(Workflow? workflow)
    {
        if (workflow is not null)
        {
            Wait(workflow.DisposeAsync().AsTask());
        }
    }

    private void WriteValue(EncodedValue encoded, Workflow workflow, ToilOptions options)
    {
        var value = PSValues.Decode(encoded);
        var open = OpenWorkflow.Current = new OpenWorkflow(workflow, encoded);
        try
        {
            if (value is not null)
            {
                WriteObject(value, enumerateCollection: value is object?[]);
            }
        }
        finally
        {
            OpenWorkflow.Current = null;
            if (open.HasFilesLeft && options.Clean == CleanPolicy.OnSuccess)
            {
                // Also when what stands behind in the pipeline failed: this pipeline may have no streams any more.
                workflow.KeepStore();
                Host.UI.WriteWarningLine($"The workflow's value names files that weren't exported, so job store {options.JobStore} is kept. Take them with Export-ToilFile -JobStore '{options.JobStore}', then remove it with Remove-ToilJobStore '{options.JobStore}'.");
            }
        }
    }
}
