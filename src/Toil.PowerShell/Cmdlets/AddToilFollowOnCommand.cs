using System.Management.Automation;

namespace Toil.Cmdlets;

/// <summary>Adds jobs that run when all children of their parent, and everything after those, are complete.</summary>
[Cmdlet(VerbsCommon.Add, "ToilFollowOn", DefaultParameterSetName = "Job")]
[OutputType(typeof(Job))]
public sealed class AddToilFollowOnCommand : LinkCommand
{
    private protected override void Link(Job parent, Job added) => parent.AddFollowOn(added);
}
