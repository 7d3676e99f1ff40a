using Toil.Cwl.Model;

namespace Toil.Cwl.Workflows;

/// <summary>
/// Turns the steps of a workflow into jobs that are all children of one job. Each waits for its own arguments only, so
/// that a step of a subworkflow may start before others of the workflow around it have ended.
/// </summary>
internal sealed class WorkflowPlanner(CwlProgram program, Job parent)
{
    /// <summary>Adds the jobs of a workflow.</summary>
    /// <param name="place">The workflow.</param>
    /// <param name="inputs">The value or the promise of every input.</param>
    /// <returns>The value or the promise of every output.</returns>
    public OrderedDictionary<string, object?> Plan(ProgramPlace place, IReadOnlyDictionary<string, object?> inputs)
    {
        var workflow = (CwlWorkflow)place.Process;
        var results = new Dictionary<SourceReference, object?>();
        object? ValueOf(SourceReference source) => source.Step is null ? inputs.GetValueOrDefault(source.Name) : results.GetValueOrDefault(source);

        foreach (var step in StepOrder.Of(workflow))
        {
            var bindings = new OrderedDictionary<string, object?>(step.Inputs.Count);
            foreach (var input in step.Inputs)
            {
                bindings[input.Name] = input.Sources.Select(ValueOf).ToList();
            }

            foreach (var (name, value) in PlanStep(program.Find(place, step), bindings))
            {
                results[new(step.Name, name)] = value;
            }
        }

        return OutputsOf(place, workflow, ValueOf);
    }

    /// <summary>Adds what a step is: one job, one that makes more, or the jobs of a subworkflow.</summary>
    /// <returns>The promise or the value of every output.</returns>
    public OrderedDictionary<string, object?> PlanStep(ProgramPlace place, OrderedDictionary<string, object?> bindings) =>
        place.Step!.Scatter.Count > 0
            ? PromisesOf(Add(CwlJobs.Scatter(program, place, bindings)), place.Process)
            : PlanOnce(place, new StepValues(bindings, []), unit: "");

    /// <summary>Adds one run of a step: all of it, or that for one element of a scatter.</summary>
    /// <param name="place">The step.</param>
    /// <param name="values">Its inputs.</param>
    /// <param name="unit">What sets this run apart from others of the step; empty when it is the only one.</param>
    public OrderedDictionary<string, object?> PlanOnce(ProgramPlace place, StepValues values, string unit)
    {
        if (place is { Process: CwlWorkflow, Step.When: null })
        {
            return Plan(place, new SubworkflowInputs(program, place, values, Add).All());
        }

        var job = CwlJobs.Step(program, place, values);
        job.UnitName = unit;
        return PromisesOf(Add(job), place.Process);
    }

    private OrderedDictionary<string, object?> OutputsOf(ProgramPlace place, CwlWorkflow workflow, Func<SourceReference, object?> valueOf)
    {
        var outputs = new OrderedDictionary<string, object?>(workflow.Outputs.Count);
        foreach (var output in workflow.Outputs)
        {
            var sources = output.Sources.Select(valueOf).ToList();
            outputs[output.Name] = output is { LinkMerge: null, PickValue: null } && sources.Count < 2
                ? sources.FirstOrDefault()
                : Add(CwlJobs.Output(program, place, output.Name, sources)).Rv();
        }

        return outputs;
    }

    private static OrderedDictionary<string, object?> PromisesOf(Job job, CwlProcess process)
    {
        var promises = new OrderedDictionary<string, object?>(process.Outputs.Count);
        foreach (var output in process.Outputs)
        {
            promises[output.Name] = job.Rv(output.Name);
        }

        return promises;
    }

    private Job Add(Job job) => parent.AddChild(job);
}
