using System.Management.Automation;
using Toil.Drawing;
using Toil.Graph;
using Toil.Jobs;
using Toil.JobStores;
using Toil.Running;

namespace Toil.Cmdlets;

/// <summary>Draws the jobs of a workflow and what follows what: before its start, or from its job store.</summary>
[Cmdlet(VerbsCommon.Show, "ToilGraph", DefaultParameterSetName = "JobStore")]
[OutputType(typeof(string))]
public sealed class ShowToilGraphCommand : ToilCommand
{
    private readonly List<Job> _jobs = [];

    /// <summary>The job store: a directory, or a locator such as <c>file:store</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "JobStore")]
    [ArgumentCompleter(typeof(JobStoreCompleter))]
    [ValidateNotNullOrEmpty]
    public string JobStore { get; set; } = "";

    /// <summary>Jobs that haven't been started; what they need, and what follows them, is drawn too.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "Jobs")]
    public Job[] InputObject { get; set; } = [];

    /// <summary>The language: Tree for people, Mermaid or Dot for programs that draw.</summary>
    [Parameter]
    [ValidateSet("Tree", "Mermaid", "Dot")]
    public string Format { get; set; } = "Tree";

    /// <summary>Draws one node for all jobs of a name. Left out, graphs of more than 60 jobs are folded; -Fold:$false draws every job.</summary>
    [Parameter]
    public SwitchParameter Fold { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _jobs.AddRange(InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing() => Try("GraphUnavailable", ParameterSetName == "Jobs" ? _jobs : JobStore, () =>
    {
        using var text = new StringWriter();
        var folds = MyInvocation.BoundParameters.ContainsKey(nameof(Fold)) ? Fold.IsPresent : (bool?)null;
        new GraphStyle(Format.ToLowerInvariant(), folds).Write(text, ParameterSetName == "Jobs" ? ReadJobs() : ReadStore());
        WriteObject(text.ToString().TrimEnd());
    });

    private WorkflowGraph ReadJobs() => WorkflowGraph.Of(JobGraph.Collect(_jobs, owner: null), ImplicitOrder.Links(_jobs, owner: null));

    private WorkflowGraph ReadStore()
    {
        var locator = JobStoreLocator.Parse(StorePath.Resolve(JobStore, SessionState.Path.CurrentFileSystemLocation.ProviderPath));
        var store = Wait(JobStores.JobStore.OpenAsync(locator, Cancellation));
        try
        {
            return WorkflowGraph.Read(store);
        }
        finally
        {
            Wait(store.DisposeAsync().AsTask());
        }
    }
}
