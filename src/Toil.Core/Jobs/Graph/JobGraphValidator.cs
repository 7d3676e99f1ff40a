using Toil.Values;

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
        validator.FindMisusedKinds();
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
            var neighbours = job.Children.Concat(job.FollowOns).Concat(job.Services).Concat(job.Number is null ? job.Predecessors : []);
            foreach (var foreign in neighbours.Where(neighbour => !_graph.Contains(neighbour)))
            {
                _problems.Add($"Job '{job.Name}' was linked to job '{foreign.Name}', which another attempt created. A running job can link only itself and jobs that it makes.");
            }
        }
    }

    private void FindJobsThatNothingStarts()
    {
        foreach (var service in _graph.Roots.Where(job => job.IsService))
        {
            _problems.Add($"Service '{service.Name}' belongs to no job. Add it to the job whose successors use it, as its service.");
        }

        if (_graph.Owner is null && _graph.SoleRoot is null)
        {
            return;
        }

        foreach (var job in _graph.Roots.Where(job => job != _graph.SoleRoot && !job.IsService))
        {
            var maker = _graph.Owner is { } owner ? $", which job '{owner.Name}' created" : "";
            _problems.Add($"Nothing starts job '{job.Name}'{maker}. Add it as a child or follow-on of a job.");
        }
    }

    private void FindMisusedKinds()
    {
        foreach (var job in _graph.Jobs)
        {
            if (job.IsService)
            {
                FindMisuseOf(job);
            }
            else if (job.IsCheckpoint && job.Children.Count + job.FollowOns.Count + job.Services.Count > 0)
            {
                var successor = job.Children.Concat(job.FollowOns).Concat(job.Services).First();
                _problems.Add($"Job '{job.Name}' is a checkpoint, so it must not have successors before it runs, but '{successor.Name}' is one. Let '{job.Name}' add it when it runs, or leave the checkpoint out.");
            }
        }
    }

    private void FindMisuseOf(Job service)
    {
        if (service.Children.Concat(service.FollowOns).FirstOrDefault() is { } successor)
        {
            _problems.Add($"Service '{service.Name}' has the successor '{successor.Name}'. Services have only services: make '{successor.Name}' a child of the job that owns the service.");
        }

        if (service.Incoming.Count > 1 || service.Incoming.Any(link => link.Kind != EdgeKind.Service))
        {
            _problems.Add($"Service '{service.Name}' must be the service of one job and nothing else, but is linked to {string.Join(", ", service.Predecessors.Select(job => $"'{job.Name}'"))}.");
        }

        if (service.IsCheckpoint)
        {
            _problems.Add($"Service '{service.Name}' can't be a checkpoint.");
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
        foreach (var consumer in _graph.Jobs.Where(job => !job.AwaitsPromises))
        {
            foreach (var promise in consumer.Arguments.Holes.Concat(consumer.Promised?.Promises ?? []))
            {
                if (promise.Tag == ValueTag.Reference || _augmented.IsOrdered(promise.Producer, consumer))
                {
                    continue;
                }

                if (promise.Producer.Number is not null)
                {
                    FindHandedPromise(consumer, promise.Producer.Name);
                }
                else
                {
                    _problems.Add($"Job '{consumer.Name}' uses the {promise}, but isn't ordered after '{promise.Producer.Name}'. {Advice(promise.Producer)}");
                }
            }
        }
    }

    /// <summary>The running job was given a promise, and passes it on to a job that takes the value.</summary>
    private void FindHandedPromise(Job consumer, string producer)
    {
        var maker = producer.Length == 0 ? "another job" : $"job '{producer}'";
        _problems.Add($"Job '{consumer.Name}' uses a promise of {maker}, which '{_graph.Owner?.Name}' was given: nothing orders '{consumer.Name}' after that job. Let '{_graph.Owner?.Name}' take the value itself, and pass that on.");
    }

    private static string Advice(Job producer) => producer.IsService
        ? $"Only jobs after the one that owns the service can use it: make it a child of {(producer.Predecessors.FirstOrDefault() is { } owner ? $"'{owner.Name}'" : "that job")}."
        : $"Make it a child or follow-on of '{producer.Name}', or a follow-on of a job that '{producer.Name}' is a child of.";
}
