using System.Management.Automation;
using Toil.JobStores;

namespace Toil.Cmdlets;

/// <summary>The jobs of a workflow, also while it runs.</summary>
[Cmdlet(VerbsCommon.Get, "ToilJob")]
[OutputType(typeof(JobInfo))]
public sealed class GetToilJobCommand : JobQueryCommand
{
    /// <summary>Only jobs that stand so.</summary>
    [Parameter]
    public JobStatus[]? Status { get; set; }

    /// <summary>Only jobs that failed for good.</summary>
    [Parameter]
    public SwitchParameter Failed { get; set; }

    /// <summary>Say of each job that doesn't run why not.</summary>
    [Parameter]
    public SwitchParameter Explain { get; set; }

    private protected override void Process(JobStoreLocator locator)
    {
        var wanted = (Status ?? []).Concat(Failed ? [JobStatus.Failed] : []).ToList();
        foreach (var job in Find(locator, asks: true, Explain).Where(job => wanted.Count == 0 || wanted.Contains(job.Status)))
        {
            WriteObject(job);
        }
    }
}
