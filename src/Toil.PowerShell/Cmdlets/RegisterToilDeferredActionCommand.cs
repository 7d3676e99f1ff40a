using System.Management.Automation;
using Toil.Scripting;
using Toil.Values;
using Toil.Worker;

namespace Toil.Cmdlets;

/// <summary>Has a script run on this node once the running attempt has ended, however it ends.</summary>
[Cmdlet(VerbsLifecycle.Register, "ToilDeferredAction")]
[OutputType(typeof(void))]
public sealed class RegisterToilDeferredActionCommand : ToilCommand
{
    /// <summary>What to run.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    /// <summary>The script's positional arguments; no jobs and no promises.</summary>
    [Parameter(Position = 1)]
    [Alias("Args")]
    [AllowNull]
    [AllowEmptyCollection]
    public object?[]? ArgumentList { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var job = Require("NotInJob", null, () => RunningJob.Current ?? throw new ToilException("Register-ToilDeferredAction works inside a job: the action runs when that job's attempt has ended."));
        var scripts = Require("CaptureFailed", ScriptBlock, () => ScriptJobs.OfHere(ScriptBlock, SessionState));
        foreach (var warning in scripts.Warnings)
        {
            WriteWarning(warning);
        }

        Require("DeferFailed", ScriptBlock, () =>
        {
            job.Context.Defer(scripts.CreateApart(job.Context.Name, [.. (ArgumentList ?? []).Select(PSValues.Unwrap)]));
            return true;
        });
    }
}
