using System.Management.Automation;
using Toil.Graph;
using Toil.Jobs;
using Toil.JobStores;
using Toil.Plugins;
using Toil.Running;
using Toil.Values;

namespace Toil.Cmdlets;

/// <summary>Runs jobs and everything that they lead to, and writes their value.</summary>
[Cmdlet(VerbsLifecycle.Start, "ToilWorkflow", SupportsShouldProcess = true)]
[OutputType(typeof(object))]
public sealed class StartToilWorkflowCommand : WorkflowCommand
{
    private readonly List<Job> _jobs = [];

    /// <summary>The jobs whose values are wanted; what they need, and what follows them, runs too.</summary>
    [Parameter(ValueFromPipeline = true)]
    public Job[]? InputObject { get; set; }

    /// <summary>Goes on with the workflow in the job store; the jobs that the script made are ignored.</summary>
    [Parameter]
    public SwitchParameter Restart { get; set; }

    /// <inheritdoc/>
    public override object GetDynamicParameters() => OptionParameters.Create(nameof(JobStore), nameof(Restart));

    /// <inheritdoc/>
    protected override void ProcessRecord() => _jobs.AddRange(InputObject ?? []);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var options = ReadOptions();
        if (options.Restart)
        {
            Resume(options);
        }
        else
        {
            Start(options, Require("NoJobs", null, () => _jobs.Count > 0 ? _jobs : throw new ToilException("There is nothing to run: give at least one job, or -Restart.")));
        }
    }

    private void Resume(ToilOptions options)
    {
        if (ShouldProcess(options.JobStore, "Resume the workflow"))
        {
            Run(options, Resumption.Open(options, Cancellation), Resumption.Continue(script: null));
        }
    }

    private void Start(ToilOptions options, List<Job> jobs)
    {
        if (ShouldProcess($"Start a workflow of these jobs in job store {options.JobStore}", null, null, out var reason))
        {
            Run(options, observer => OpenAsync(options, observer), (workflow, _, stop) => StartAsync(workflow, jobs, stop));
        }
        else if (reason == ShouldProcessReason.WhatIf)
        {
            ShowPlan(options, jobs);
        }
    }

    /// <summary>A store that is there already holds files that were imported into it: it must not vanish with a start that fails.</summary>
    private async Task<Workflow> OpenAsync(ToilOptions options, IWorkflowObserver observer)
    {
        PluginLoader.Load(options.Plugin);
        var isStaged = await JobStores.JobStore.ExistsAsync(JobStoreLocator.Parse(options.JobStore), Cancellation).ConfigureAwait(false);
        return await Workflow.CreateAsync(options, ScriptWorkers.ForThisShell(), observer, isStaged, Cancellation).ConfigureAwait(false);
    }

    private static async Task<EncodedValue> StartAsync(Workflow workflow, List<Job> jobs, CancellationToken stop)
    {
        var result = jobs.Count == 1 ? PSValues.Encode(jobs[0], "$result") : PSValues.Encode(jobs, "$result");
        ImplicitOrder.Apply(jobs, owner: null);
        await ImportJobs.PerformAsync(jobs, result, workflow.ImportAsync, stop).ConfigureAwait(false);
        var graph = JobGraph.Collect(jobs, owner: null);
        await ScriptDeployment.PublishAsync(workflow, graph.Jobs.Select(job => job.Code).Distinct(), stop).ConfigureAwait(false);
        workflow.Node.Prewarm(Vehicle.Script, graph.Jobs.Count(job => job.Code.Vehicle == Vehicle.Script));
        return await workflow.StartAsync(result, graph, stop).ConfigureAwait(false);
    }

    private void ShowPlan(ToilOptions options, List<Job> jobs)
    {
        foreach (var (action, target) in Require("InvalidGraph", jobs, () => WorkflowPlan.Describe(jobs, options.DefaultRequirements).ToList()))
        {
            ShouldProcess(target, action);
        }
    }
}
