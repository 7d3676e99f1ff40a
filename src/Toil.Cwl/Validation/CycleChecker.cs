using Toil.Cwl.Model;

namespace Toil.Cwl.Validation;

/// <summary>Finds steps that wait for each other.</summary>
internal sealed class CycleChecker(CwlWorkflow workflow, Scope scope)
{
    private readonly Dictionary<string, int> _waits = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _successors = new(StringComparer.Ordinal);

    public void Check()
    {
        foreach (var step in workflow.Steps)
        {
            _waits.TryAdd(step.Name, 0);
        }

        foreach (var step in workflow.Steps)
        {
            foreach (var predecessor in Predecessors(step))
            {
                _waits[step.Name]++;
                (_successors.TryGetValue(predecessor, out var successors) ? successors : _successors[predecessor] = []).Add(step.Name);
            }
        }

        var ready = new Queue<string>(_waits.Where(entry => entry.Value == 0).Select(entry => entry.Key));
        while (ready.TryDequeue(out var name))
        {
            _waits.Remove(name);
            foreach (var successor in _successors.GetValueOrDefault(name) ?? [])
            {
                if (--_waits[successor] == 0)
                {
                    ready.Enqueue(successor);
                }
            }
        }

        if (_waits.Count > 0)
        {
            Complain();
        }
    }

    private IEnumerable<string> Predecessors(WorkflowStep step) =>
        step.Inputs.SelectMany(input => input.Sources).Select(source => source.Step).OfType<string>().Distinct(StringComparer.Ordinal).Where(_waits.ContainsKey);

    /// <summary>What is left waits for something that is left, so going back must come to a step twice.</summary>
    private void Complain()
    {
        var steps = workflow.Steps.Where(step => _waits.ContainsKey(step.Name)).GroupBy(step => step.Name).ToDictionary(group => group.Key, group => group.First());
        var path = new List<string>();
        var name = steps.Keys.First();
        while (!path.Contains(name))
        {
            path.Add(name);
            name = Predecessors(steps[name]).First(_waits.ContainsKey);
        }

        var cycle = path.Skip(path.IndexOf(name)).Append(name).Reverse();
        scope.Problems.Error(steps[name].Position, $"Steps wait for each other in a cycle: {string.Join(" → ", cycle)}.");
    }
}
