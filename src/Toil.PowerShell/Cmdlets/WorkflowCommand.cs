using System.Management.Automation;
using Toil.Running;
using Toil.Values;

namespace Toil.Cmdlets;

/// <summary>What the cmdlets share that run a workflow.</summary>
public abstract class WorkflowCommand : WorkflowCommandBase, IDynamicParameters
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
        Workflow? workflow = null;
        try
        {
            var value = Watch(options, async (observer, stop) =>
            {
                workflow = await open(observer).ConfigureAwait(false);
                return (EncodedValue?)await run(workflow, observer, stop).ConfigureAwait(false);
            });
            if (value is { } encoded)
            {
                WriteValue(encoded, workflow!, options);
            }
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
