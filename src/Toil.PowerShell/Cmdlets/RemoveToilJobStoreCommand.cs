using System.Management.Automation;
using Toil.JobStores;

namespace Toil.Cmdlets;

/// <summary>Removes job stores with everything that their workflows kept in them.</summary>
[Cmdlet(VerbsCommon.Remove, "ToilJobStore", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveToilJobStoreCommand : StoreCommand
{
    /// <summary>Also when a process seems to run the workflow.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override void Process(JobStoreLocator locator)
    {
        if (ShouldProcess(locator.ToString(), "Remove the job store"))
        {
            var problems = new List<string>();
            Wait(StoreRemoval.RemoveAsync(locator, Force, (job, what) => problems.Add($"{job}: {what}"), Cancellation));
            problems.ForEach(WriteWarning);
        }
    }
}
