using Toil.Cwl.Loading;
using Toil.Cwl.Model;

namespace Toil.Cwl.Workflows;

/// <summary>An order in which each step comes after those that its inputs come from.</summary>
internal static class StepOrder
{
    /// <exception cref="CwlException">Steps wait for each other, or for one that isn't there.</exception>
    public static IReadOnlyList<WorkflowStep> Of(CwlWorkflow workflow)
    {
        var steps = workflow.Steps.ToDictionary(step => step.Name);
        var needed = workflow.Steps.ToDictionary(step => step.Name, step => ProducersOf(step, steps));
        var users = workflow.Steps.SelectMany(step => needed[step.Name].Select(producer => (producer, step))).ToLookup(link => link.producer, link => link.step);
        var left = needed.ToDictionary(entry => entry.Key, entry => entry.Value.Count);
        var order = new List<WorkflowStep>(workflow.Steps.Count);
        order.AddRange(workflow.Steps.Where(step => left[step.Name] == 0));
        for (var i = 0; i < order.Count; i++)
        {
            order.AddRange(users[order[i].Name].Where(user => --left[user.Name] == 0));
        }

        return order.Count == workflow.Steps.Count ? order : throw Cycle(workflow, left);
    }

    private static HashSet<string> ProducersOf(WorkflowStep step, Dictionary<string, WorkflowStep> steps)
    {
        var producers = new HashSet<string>();
        foreach (var input in step.Inputs)
        {
            foreach (var producer in input.Sources.Select(source => source.Step).OfType<string>())
            {
                producers.Add(steps.ContainsKey(producer) ? producer : throw new CwlException(input.Position, $"Input '{input.Name}' of step '{step.Name}' comes from step '{producer}', which isn't there."));
            }
        }

        return producers;
    }

    private static CwlException Cycle(CwlWorkflow workflow, Dictionary<string, int> left)
    {
        var waiting = workflow.Steps.Where(step => left[step.Name] > 0).ToList();
        return new(waiting[0].Position, $"The steps {string.Join(", ", waiting.Select(step => $"'{step.Name}'"))} wait for each other, so none of them can start.");
    }
}
