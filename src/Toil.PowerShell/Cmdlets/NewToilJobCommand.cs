using System.Management.Automation;

namespace Toil.Cmdlets;

/// <summary>Makes a job of a scriptblock; one for each object that comes through the pipeline.</summary>
[Cmdlet(VerbsCommon.New, "ToilJob")]
[OutputType(typeof(Job))]
public sealed class NewToilJobCommand : CheckpointCommand
{
    /// <summary>What the job runs.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    /// <summary>The script's first argument.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    public object? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        object?[] first = MyInvocation.BoundParameters.ContainsKey(nameof(InputObject)) ? [InputObject] : [];
        Try("InvalidArgument", InputObject, () => WriteObject(CreateJob(ScriptBlock, first)));
    }
}
