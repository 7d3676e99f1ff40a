using Toil.Values;

namespace Toil.Jobs;

/// <summary>
/// The order that links imply. Each job has four moments: it starts (its run is committed, or its start as a service), its services
/// and theirs are up, its children are complete, it is complete. Services start after the first, children after the second,
/// follow-ons after the third, and a job is complete after all of them. A job that awaits promises starts after their producers.
/// </summary>
internal sealed class AugmentedGraph
{
    private const int Started = 0;
    private const int ServicesUp = 1;
    private const int ChildrenComplete = 2;
    private const int Complete = 3;
    private const int Moments = 4;

    private readonly JobGraph _graph;
    private readonly ILookup<Job, Job> _awaiters;
    private readonly int[] _order;
    private readonly int _sorted;

    public AugmentedGraph(JobGraph graph)
    {
        _graph = graph;
        _awaiters = graph.Jobs.SelectMany(job => Awaited(job).Select(producer => (job, producer))).ToLookup(pair => pair.producer, pair => pair.job);
        (_order, _sorted) = Sort();
    }

    private int Count => (_graph.Jobs.Count + 1) * Moments;

    /// <summary>The jobs of one cycle in order, or none.</summary>
    public List<Job> FindCycle()
    {
        if (_sorted == Count)
        {
            return [];
        }

        // Every node left unsorted has an unsorted predecessor: walking backwards must meet itself.
        var seen = new Dictionary<int, int>();
        var walk = new List<int>();
        var node = Array.FindIndex(_order, order => order < 0);
        while (seen.TryAdd(node, walk.Count))
        {
            walk.Add(node);
            node = Predecessors(node).First(predecessor => _order[predecessor] < 0);
        }

        var cycle = walk.Skip(seen[node]).Select(at => JobAt(at / Moments)).OfType<Job>().Reverse();
        return [.. cycle.Distinct()];
    }

    /// <summary>Whether the consumer can only start after the producer's run is committed.</summary>
    public bool IsOrdered(Job producer, Job consumer)
    {
        if (producer.Number is not null)
        {
            return ReferenceEquals(producer, _graph.Owner);
        }

        var from = _graph.IndexOf(producer) * Moments;
        var to = _graph.IndexOf(consumer) * Moments;
        return from != to && Reaches(from, to);
    }

    /// <summary>
    /// Looks from both ends in turn, one link at a time. From one end the way fans out to all siblings, from the other
    /// it is mostly short: a gather of many promises, or many users of one, stays cheap.
    /// </summary>
    private bool Reaches(int from, int to)
    {
        var forward = new MomentSearch(from, node => Successors(node).Where(next => _order[next] <= _order[to]));
        var backward = new MomentSearch(to, node => Predecessors(node).Where(next => _order[next] >= _order[from]));
        while (forward.Next() is { } reached && backward.Next() is { } met)
        {
            if (backward.HasSeen(reached) || forward.HasSeen(met))
            {
                return true;
            }
        }

        return forward.HasSeen(to) || backward.HasSeen(from);
    }

    private (int[] Order, int Sorted) Sort()
    {
        var order = new int[Count];
        var waits = new int[Count];
        var ready = new Queue<int>();
        for (var node = 0; node < Count; node++)
        {
            order[node] = -1;
            waits[node] = Predecessors(node).Count();
            if (waits[node] == 0)
            {
                ready.Enqueue(node);
            }
        }

        var sorted = 0;
        while (ready.TryDequeue(out var node))
        {
            order[node] = sorted++;
            foreach (var successor in Successors(node))
            {
                if (--waits[successor] == 0)
                {
                    ready.Enqueue(successor);
                }
            }
        }

        return (order, sorted);
    }

    private Job? JobAt(int index) => index == 0 ? _graph.Owner : _graph.Jobs[index - 1];

    private IEnumerable<int> Predecessors(int node)
    {
        var job = JobAt(node / Moments);
        var first = node - (node % Moments);
        return (node % Moments) switch
        {
            Started => Known(job?.Incoming).Select(link => Moment(link.From, ReleaseOf(link.Kind))).Concat(Awaited(job).Select(producer => Moment(producer, Started))),
            ServicesUp => Known(job?.Services).Select(service => Moment(service, ServicesUp)).Prepend(first + Started),
            ChildrenComplete => Known(job?.Children).Select(child => Moment(child, Complete)).Prepend(first + ServicesUp),
            _ => Known(job?.FollowOns).Select(followOn => Moment(followOn, Complete)).Prepend(first + ChildrenComplete),
        };
    }

    private IEnumerable<int> Successors(int node)
    {
        var job = JobAt(node / Moments);
        var first = node - (node % Moments);
        return (node % Moments) switch
        {
            Started => Known(job?.Services).Select(service => Moment(service, Started)).Append(first + ServicesUp)
                .Concat(job is null ? [] : _awaiters[job].Select(awaiter => Moment(awaiter, Started))),
            ServicesUp => Known(job?.Children).Select(child => Moment(child, Started)).Append(first + ChildrenComplete)
                .Concat(Known(job?.Incoming).Where(link => link.Kind == EdgeKind.Service).Select(link => Moment(link.From, ServicesUp))),
            ChildrenComplete => Known(job?.FollowOns).Select(followOn => Moment(followOn, Started)).Append(first + Complete),
            _ => Known(job?.Incoming).Where(link => link.Kind != EdgeKind.Service)
                .Select(link => Moment(link.From, link.Kind == EdgeKind.Child ? ChildrenComplete : Complete)),
        };
    }

    /// <summary>The new jobs whose values a job waits for.</summary>
    private static IEnumerable<Job> Awaited(Job? job) => job is { AwaitsPromises: true }
        ? job.Arguments.Holes.Where(promise => promise.Tag != ValueTag.Reference && promise.Producer.Number is null).Select(promise => promise.Producer)
        : [];

    /// <summary>The moment of a job that releases its successors of a kind.</summary>
    private static int ReleaseOf(EdgeKind kind) => kind switch
    {
        EdgeKind.Service => Started,
        EdgeKind.Child => ServicesUp,
        _ => ChildrenComplete,
    };

    /// <summary>Links to jobs of other attempts are an error of their own and order nothing here.</summary>
    private IEnumerable<(Job From, EdgeKind Kind)> Known(IReadOnlyList<(Job From, EdgeKind Kind)>? links) => (links ?? []).Where(link => _graph.Contains(link.From));

    private IEnumerable<Job> Known(IReadOnlyList<Job>? jobs) => (jobs ?? []).Where(_graph.Contains);

    private int Moment(Job job, int moment) => (_graph.IndexOf(job) * Moments) + moment;
}
