using System.Management.Automation;

namespace Toil.Cmdlets;

/// <summary>Makes one job whose first argument is the list of all values that come through the pipeline, in its order.</summary>
[Cmdlet(VerbsCommon.Join, "ToilJob")]
[OutputType(typeof(Job))]
public sealed class JoinToilJobCommand : CheckpointCommand
{
    private readonly List<object?> _inputs = [];

    /// <summary>What the job runs.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    /// <summary>A job or promise, or a value.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public object? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _inputs.Add(InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        // An empty pipeline has nothing to join; a job that gets an empty list would hide that.
        if (_inputs.Count > 0)
        {
            Try("InvalidArgument", _inputs, () => WriteObject(CreateJob(ScriptBlock, _inputs)));
        }
    }
}
