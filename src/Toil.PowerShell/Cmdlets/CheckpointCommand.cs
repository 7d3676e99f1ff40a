using System.Management.Automation;

namespace Toil.Cmdlets;

/// <summary>What cmdlets share that make jobs which are run to their end, and may be checkpoints.</summary>
public abstract class CheckpointCommand : JobBuilderCommand
{
    /// <summary>The job runs again, and makes its successors anew, when one of them fails for good.</summary>
    [Parameter]
    public SwitchParameter Checkpoint { get; set; }

    /// <inheritdoc cref="JobBuilderCommand.Create(ScriptBlock, object?[])"/>
    private protected Job CreateJob(ScriptBlock script, params object?[] first)
    {
        var job = Create(script, first);
        job.IsCheckpoint = Checkpoint;
        return job;
    }
}
