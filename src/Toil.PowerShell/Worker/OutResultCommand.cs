using System.Management.Automation;

namespace Toil.Worker;

/// <summary>The end of a job's pipeline: everything that arrives is its value.</summary>
[Cmdlet(VerbsData.Out, "ToilResult")]
public sealed class OutResultCommand : PSCmdlet
{
    [Parameter(ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    protected override void ProcessRecord() => RunningJob.Current!.Result.Write(InputObject);
}
