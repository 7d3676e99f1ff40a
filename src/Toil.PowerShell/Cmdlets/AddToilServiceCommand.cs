using System.Management.Automation;
using Toil.Worker;

namespace Toil.Cmdlets;

/// <summary>Adds services to a job: they run while anything that follows the job runs.</summary>
[Cmdlet(VerbsCommon.Add, "ToilService")]
[OutputType(typeof(Job))]
public sealed class AddToilServiceCommand : ToilCommand
{
    /// <summary>The job whose successors use the service, or a service that must run before it; inside a job, the running job when left out.</summary>
    [Parameter(Position = 0)]
    [Alias("To")]
    public Job? Parent { get; set; }

    /// <summary>The services.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, Position = 1)]
    public Job[] InputObject { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var parent = Require("NoParent", null, () => Parent ?? RunningJob.Current?.Context.Self
            ?? throw new ToilException("Say which job to add to with -Parent; only inside a job can it be left out."));
        foreach (var service in InputObject)
        {
            Try("InvalidLink", service, () => WriteObject(parent.AddService(service)));
        }
    }
}
