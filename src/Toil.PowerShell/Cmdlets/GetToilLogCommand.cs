using System.Management.Automation;
using Toil.JobStores;

namespace Toil.Cmdlets;

/// <summary>What failed attempts wrote, and why they failed.</summary>
[Cmdlet(VerbsCommon.Get, "ToilLog")]
[OutputType(typeof(JobLog))]
public sealed class GetToilLogCommand : JobQueryCommand
{
    private protected override void Process(JobStoreLocator locator)
    {
        foreach (var job in Find(locator).Where(job => job.FailedAttempts > 0))
        {
            WriteObject(new JobLog(job.Number, job.Name, job.FailedAttempts, job.Error, job.Log));
        }
    }
}
