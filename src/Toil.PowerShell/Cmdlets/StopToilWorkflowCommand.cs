using System.Management.Automation;
using Toil.JobStores;

namespace Toil.Cmdlets;

/// <summary>Asks the process that runs a workflow to stop it. What finished is kept; it can be resumed.</summary>
[Cmdlet(VerbsLifecycle.Stop, "ToilWorkflow", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class StopToilWorkflowCommand : StoreCommand
{
    private protected override void Process(JobStoreLocator locator)
    {
        if (ShouldProcess(locator.ToString(), "Stop the workflow"))
        {
            Read(locator, store =>
            {
                Wait(store.KillFlag.SetAsync(Cancellation));
                return true;
            });
        }
    }
}
