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

    /// <param name="locator">Whose jobs.</param>
    /// <param name="asks">Let a running leader say what runs.</param>
    /// <param name="explains">Say why jobs don't run.</param>
    private protected IEnumerable<JobInfo> Find(JobStoreLocator locator, bool asks = false, bool explains = false) =>
        Read(locator, store => WorkflowInspector.ReadJobs(store, asks ? Ask(store) : null, explains)).Where(IsWanted);

    private protected LeaderAnswer? Ask(JobStore store) => Wait(LeaderQuestion.AskAsync(store, Cancellation));

    private bool IsWanted(JobInfo job) =>
        (Name is null || Name.Any(name => new WildcardPattern(name, WildcardOptions.IgnoreCase).IsMatch(job.Name)))
        && (Number is null || Number.Contains(job.Number));
}
