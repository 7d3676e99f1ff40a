using System.Collections;
using System.Management.Automation;
using Toil.Cwl;
using Toil.Values;

namespace Toil.Cmdlets;

/// <summary>Makes a CWL tool or workflow one job of a workflow; its value is the output object.</summary>
[Cmdlet(VerbsCommon.New, "ToilCwlJob")]
[OutputType(typeof(Job))]
public sealed class NewToilCwlJobCommand : CwlCommand
{
    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("FullName", "PSPath")]
    [ValidateNotNullOrEmpty]
    public override string Path { get; set; } = null!;

    /// <summary>The inputs by name: a hashtable or an object. Values may be jobs and promises; files of the workflow, file objects, and paths stand for Files.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [Alias("Inputs")]
    [AllowNull]
    public object? InputObject { get; set; }

    /// <summary>What reports and logs call the job.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Try("CwlInvalid", Path, () =>
    {
        var inputs = CwlValues.Unwrap(InputObject) switch
        {
            null => new Hashtable(),
            IDictionary map => map,
            var other => throw new ToilException($"The inputs must be a hashtable or an object with properties; this is a {other.GetType().Name}."),
        };
        var job = Wait(CwlJob.CreateAsync(Reference, inputs, Here, Cancellation));
        job.Name = Name ?? job.Name;
        WriteObject(job);
    });
}
