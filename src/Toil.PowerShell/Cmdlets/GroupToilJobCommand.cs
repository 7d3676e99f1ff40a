using System.Management.Automation;

namespace Toil.Cmdlets;

/// <summary>Wraps jobs, each with everything that follows it, so that more can be added behind all of it.</summary>
[Cmdlet(VerbsData.Group, "ToilJob")]
[OutputType(typeof(Job))]
public sealed class GroupToilJobCommand : ToilCommand
{
    /// <summary>The jobs; each becomes a group of its own.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public Job[] InputObject { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var job in InputObject)
        {
            Try("InvalidGroup", job, () => WriteObject(job.Number is null && !job.IsService
                ? job.Encapsulate()
                : throw new ToilException($"'{job.Name}' can't be grouped: {(job.IsService ? "it is a service" : "it is the running job")}.")));
        }
    }
}
