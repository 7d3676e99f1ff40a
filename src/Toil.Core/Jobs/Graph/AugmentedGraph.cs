using Toil.Values;

namespace Toil.Jobs;

/// <summary>
/// The order that links imply. Each job has four moments: it starts (its run is committed, or its start as a service), its services
/// and theirs are up, its children are complete, it is complete. Services start after the first, children after the second,
/// follow-ons after the third, and a job is complete after all of them. A job that awaits promises starts after their producers.
/// </summary>
/// <remarks>Loops instead of queries over numbers and links, which would be compiled anew at each start of a process.</remarks>
internal sealed class AugmentedGraph
{
    private const int Started = 0;
    private const int ServicesUp = 1;
    private const int ChildrenComplete = 2;
    private const int Complete = 3;
    private const int Moments = 4;

    private readonly JobGraph _graph;
    private readonly Dictionary<Job, List<Job>> _awaiters = [];
    private readonly int[] _order;
    private readonly int _sorted;

    public AugmentedGraph(JobGraph graph)
    {
        _graph = graph;
        foreach (var job in graph.Jobs)
        {
            foreach (var producer in Awaited(job))
            {
                if (!_awaiters.TryGetValue(producer, out var awaiters))
                {
                    _awaiters.Add(producer, awaiters = []);
                }

                awaiters.Add(job);
            }
        }

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
        var (job, moment) = (JobAt(node / Moments), node % Moments);
        if (moment != Started)
        {
            yield return node - 1;
        }

        if (job is null)
        {
            yield break;
        }

        if (moment != Started)
        {
            foreach (var successor in ReleasedAt(job, moment - 1))
            {
                yield return Moment(successor, moment == ServicesUp ? ServicesUp : Complete);
            }

            yield break;
        }

        foreach (var (from, kind) in job.Incoming)
        {
            if (_graph.Contains(from))
            {
                yield return Moment(from, ReleaseOf(kind));
            }
        }

        foreach (var producer in Awaited(job))
        {
            yield return Moment(producer, Started);
        }
    }

    private IEnumerable<int> Successors(int node)
    {
        var (job, moment) = (JobAt(node / Moments), node % Moments);
        if (moment != Complete)
        {
            yield return node + 1;
        }

        if (job is null)
        {
            yield break;
        }

        foreach (var released in ReleasedAt(job, moment))
        {
            yield return Moment(released, Started);
        }

        if (moment == Started && _awaiters.TryGetValue(job, out var awaiters))
        {
            foreach (var awaiter in awaiters)
            {
                yield return Moment(awaiter, Started);
            }
        }

        // A service that is up counts for its owner, what is complete for its predecessor.
        if (moment is ServicesUp or Complete)
        {
            foreach (var (from, kind) in job.Incoming)
            {
                if (kind == EdgeKind.Service == (moment == ServicesUp) && _graph.Contains(from))
                {
                    yield return Moment(from, kind switch { EdgeKind.Service => ServicesUp, EdgeKind.Child => ChildrenComplete, _ => Complete });
                }
            }
        }
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

    /// <summary>What a job's moment lets start. Links to jobs of other attempts are an error of their own and order nothing here.</summary>
    private IEnumerable<Job> ReleasedAt(Job job, int moment) =>
        (moment switch { Started => job.Services, ServicesUp => job.Children, ChildrenComplete => job.FollowOns, _ => [] }).Where(_graph.Contains);

    private int Moment(Job job, int moment) => (_graph.IndexOf(job) * Moments) + moment;
}
