namespace Toil.Simulation.Scripts;

/// <summary>What starts before what among the jobs of one script, by plain reachability.</summary>
internal sealed class ScriptGraph(int jobs)
{
    private readonly List<ScriptEdge> _edges = [];

    public IReadOnlyList<ScriptEdge> Edges => _edges;

    /// <summary>Adds an edge unless jobs would then wait for each other.</summary>
    public bool TryAdd(ScriptEdge edge)
    {
        _edges.Add(edge);
        if (HasCycle())
        {
            _edges.RemoveAt(_edges.Count - 1);
            return false;
        }

        return true;
    }

    public void AddAnyway(ScriptEdge edge) => _edges.Add(edge);

    public bool IsService(int job) => _edges.Exists(edge => edge.To == job && edge.Kind == ScriptLink.Service);

    public bool HasCycle() => Enumerable.Range(-1, jobs + 1).Any(job => Reaches((job, Moment.Start), (job, Moment.Start)));

    /// <summary>Whether the consumer can only start when the producer has committed.</summary>
    public bool IsOrdered(int producer, int consumer) => producer != consumer && Reaches((producer, Moment.Start), (consumer, Moment.Start));

    /// <summary>Whether the consumer can only start when the producer and all that follows it are complete.</summary>
    public bool IsOrderedAfterAll(int producer, int consumer) => producer != consumer && Reaches((producer, Moment.Done), (consumer, Moment.Start));

    private bool Reaches((int, Moment) from, (int, Moment) to)
    {
        var seen = new HashSet<(int, Moment)>();
        var pending = new Stack<(int, Moment)>(After(from));
        while (pending.TryPop(out var moment))
        {
            if (moment == to)
            {
                return true;
            }

            if (seen.Add(moment))
            {
                foreach (var next in After(moment))
                {
                    pending.Push(next);
                }
            }
        }

        return false;
    }

    private IEnumerable<(int, Moment)> After((int Job, Moment Moment) at) => at.Moment switch
    {
        Moment.Start => From(at.Job, ScriptLink.Service, Moment.Start).Append((at.Job, Moment.ServicesUp)),
        Moment.ServicesUp => From(at.Job, ScriptLink.Child, Moment.Start).Concat(To(at.Job, ScriptLink.Service, Moment.ServicesUp)).Append((at.Job, Moment.ChildrenDone)),
        Moment.ChildrenDone => From(at.Job, ScriptLink.FollowOn, Moment.Start).Append((at.Job, Moment.Done)),
        _ => To(at.Job, ScriptLink.Child, Moment.ChildrenDone).Concat(To(at.Job, ScriptLink.FollowOn, Moment.Done)),
    };

    private IEnumerable<(int, Moment)> From(int job, ScriptLink kind, Moment moment) =>
        _edges.Where(edge => edge.From == job && edge.Kind == kind).Select(edge => (edge.To, moment));

    private IEnumerable<(int, Moment)> To(int job, ScriptLink kind, Moment moment) =>
        _edges.Where(edge => edge.To == job && edge.Kind == kind).Select(edge => (edge.From, moment));

    private enum Moment
    {
        Start,
        ServicesUp,
        ChildrenDone,
        Done,
    }
}
