using System.Management.Automation;
using Toil.JobStores;
using Toil.Stats;

namespace Toil.Cmdlets;

/// <summary>What the jobs of a workflow used, by name, beside what they had asked for.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "ToilWorkflow")]
[OutputType(typeof(JobStatistics))]
public sealed class MeasureToilWorkflowCommand : StoreCommand
{
    /// <summary>Names of jobs; wildcards are allowed.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(JobNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Measures all jobs together instead.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    private protected override void Process(JobStoreLocator locator)
    {
        var names = Name?.Select(name => new WildcardPattern(name, WildcardOptions.IgnoreCase)).ToList();
        var statistics = Read(locator, store => StatisticsReader.Read(store, name => names is null || names.Exists(pattern => pattern.IsMatch(name))));
        WriteObject(All ? new[] { statistics.All } : statistics.Jobs, enumerateCollection: true);
    }
}
