using System.Management.Automation;

namespace Toil.Cmdlets;

/// <summary>Adds jobs that run in parallel once their parent's run is committed.</summary>
[Cmdlet(VerbsCommon.Add, "ToilChild", DefaultParameterSetName = "Job")]
[OutputType(typeof(Job))]
public sealed class AddToilChildCommand : LinkCommand
{
    private protected override void Link(Job parent, Job added) => parent.AddChild(added);
}
