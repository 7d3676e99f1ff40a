using System.Management.Automation;
using Toil.JobStores;

namespace Toil.Cmdlets;

/// <summary>What cmdlets share that look at the jobs of a workflow.</summary>
public abstract class JobQueryCommand : StoreCommand
{
    /// <summary>Names of jobs; wildcards are allowed.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(JobNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Numbers of jobs.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public long[]? Number { get; set; }

    private protected IEnumerable<JobInfo> Find(JobStoreLocator locator)
    {
        var names = Name?.Select(name => new WildcardPattern(name, WildcardOptions.IgnoreCase)).ToList();
        return Read(locator, store => WorkflowInspector.ReadJobs(store))
            .Where(job => names is null || names.Exists(name => name.IsMatch(job.Name)))
            .Where(job => Number is null || Number.Contains(job.Number));
    }
}
