namespace Toil.Jobs;

/// <summary>
/// Finds everything that would keep a graph from running: jobs that nothing starts, cycles, promises used where they
/// can't be known, links to jobs of another run. Reports all of it at once.
/// </summary>
internal sealed class JobGraphValidator
{
    private readonly JobGraph _graph;
    private readonly AugmentedGraph _augmented;
    private readonly List<string> _problems = [];

    private JobGraphValidator(JobGraph graph)
    {
        _graph = graph;
        _augmented = new AugmentedGraph(graph);
    }

    /// <exception cref="JobGraphException">The graph has at least one problem.</exception>
    public static void Validate(JobGraph graph)
    {
        var problems = Problems(graph);
        if (problems.Count > 0)
        {
            throw new JobGraphException(problems);
        }
    }

    /// <summary>What is wrong with the graph; empty when it can run.</summary>
    public static List<string> Problems(JobGraph graph)
    {
        var validator = new JobGraphValidator(graph);
        validator.FindForeignJobs();
        validator.FindJobsThatNothingStarts();
        if (validator.FindCycle())
        {
            validator.FindEarlyPromises();
        }

        return validator._problems;
    }

    private void FindForeignJobs()
    {
        foreach (var job in _graph.Owner is null ? _graph.Jobs : _graph.Jobs.Prepend(_graph.Owner))
        {
            var neighbours = job.Children.Concat(job.FollowOns).Concat(job.Number is null ? job.Predecessors : []);
            foreach (var foreign in neighbours.Where(neighbour => !_graph.Contains(neighbour)))
            {
                _problems.Add($"Job '{job.Name}' was linked to job '{foreign.Name}', which another attempt created. A running job can link only itself and jobs that it makes.");
            }
        }
    }

    private void FindJobsThatNothingStarts()
    {
        if (_graph.Owner is null && _graph.SoleRoot is null)
        {
            return;
        }

        foreach (var job in _graph.Roots.Where(job => job != _graph.SoleRoot))
        {
            var maker = _graph.Owner is { } owner ? $", which job '{owner.Name}' created" : "";
            _problems.Add($"Nothing starts job '{job.Name}'{maker}. Add it as a child or follow-on of a job.");
        }
    }

    private bool FindCycle()
    {
        var cycle = _augmented.FindCycle();
        if (cycle.Count > 0)
        {
            _problems.Add($"These jobs wait for each other: {string.Join(" → ", cycle.Append(cycle[0]).Select(job => $"'{job.Name}'"))}. Remove one of the links between them.");
        }

        return cycle.Count == 0;
    }

    private void FindEarlyPromises()
    {
        foreach (var consumer in _graph.Jobs)
        {
            foreach (var promise in consumer.Arguments.Holes)
            {
                if (!_augmented.IsOrdered(promise.Producer, consumer))
                {
                    _problems.Add($"Job '{consumer.Name}' uses the {promise}, but isn't ordered after '{promise.Producer.Name}'. Make it a child or follow-on of '{promise.Producer.Name}', or a follow-on of a job that '{promise.Producer.Name}' is a child of.");
                }
            }
        }
    }
}
