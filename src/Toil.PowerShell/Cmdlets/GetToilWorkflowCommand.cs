using System.Management.Automation;
using Toil.JobStores;

namespace Toil.Cmdlets;

/// <summary>What the journal in a job store says of its workflow, also while it runs.</summary>
[Cmdlet(VerbsCommon.Get, "ToilWorkflow")]
[OutputType(typeof(WorkflowStatus))]
public sealed class GetToilWorkflowCommand : StoreCommand
{
    private protected override void Process(JobStoreLocator locator) =>
        WriteObject(Read(locator, store => WorkflowInspector.Read(store, Wait(LeaderQuestion.AskAsync(store, Cancellation)))));
}
