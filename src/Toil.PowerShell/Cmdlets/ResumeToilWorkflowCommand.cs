using System.Management.Automation;
using Toil.Running;

namespace Toil.Cmdlets;

/// <summary>Goes on with a workflow that failed or was stopped: finished jobs aren't run again.</summary>
[Cmdlet(VerbsLifecycle.Resume, "ToilWorkflow", SupportsShouldProcess = true)]
[OutputType(typeof(object))]
public sealed class ResumeToilWorkflowCommand : WorkflowCommand
{
    /// <summary>A script whose scriptblocks take the place of those that the jobs were made of. Left out, each job's own script is looked at.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Script { get; set; }

    /// <inheritdoc/>
    public override object GetDynamicParameters() => OptionParameters.Create(nameof(JobStore), "Restart");

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var options = ReadOptions(isRestart: true);
        var script = Script is null ? null : Require("NoSuchScript", Script, FindScript);
        if (ShouldProcess(options.JobStore, "Resume the workflow"))
        {
            Run(options, Resumption.Open(options, Cancellation), Resumption.Continue(script));
        }
    }

    private string FindScript()
    {
        var path = GetUnresolvedProviderPathFromPSPath(Script);
        return File.Exists(path) ? path : throw new FileNotFoundException($"There is no script {path}.");
    }
}
