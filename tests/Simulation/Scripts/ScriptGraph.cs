namespace Toil.Simulation.Scripts;

/// <summary>What starts before what among the jobs of one script, by plain reachability.</summary>
internal sealed class ScriptGraph(int jobs)
{
    private readonly List<ScriptEdge> _edges = [];

    /// <summary>Which jobs await which: the consumer starts after the producer.</summary>
    private readonly List<(int Producer, int Consumer)> _awaited = [];

    /// <summary>What lets nobody wait in a circle, whatever the values lead to: waiting for all that follows a producer.</summary>
    private readonly List<((int, Moment) From, (int, Moment) To)> _safe = [];

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

    /// <summary>Lets a job await another unless, whatever the values lead to, they might wait for each other.</summary>
    /// <param name="producer">Whose value.</param>
    /// <param name="consumer">Who gets it.</param>
    /// <param name="isHanded">Whether the consumer gets only the promise, for those that follow it.</param>
    public bool TryAwait(int producer, int consumer, bool isHanded)
    {
        var (from, to) = ((producer, Moment.Done), (consumer, isHanded ? Moment.ChildrenDone : Moment.Start));
        if (producer == consumer || from == to || Reaches(to, from, isSafe: true))
        {
            return false;
        }

        _safe.Add((from, to));
        if (!isHanded)
        {
            _awaited.Add((producer, consumer));
        }

        return true;
    }

    /// <summary>Lets a job await another that may have to wait for it.</summary>
    public void AwaitAnyway(int producer, int consumer) => _awaited.Add((producer, consumer));

    public bool HasCycle() => Enumerable.Range(-1, jobs + 1).Any(job => Reaches((job, Moment.Start), (job, Moment.Start)));

    /// <summary>Whether the consumer can only start when the producer has committed.</summary>
    public bool IsOrdered(int producer, int consumer) => producer != consumer && Reaches((producer, Moment.Start), (consumer, Moment.Start));

    /// <summary>Whether the consumer can only start when the producer and all that follows it are complete.</summary>
    public bool IsOrderedAfterAll(int producer, int consumer) => producer != consumer && Reaches((producer, Moment.Done), (consumer, Moment.Start));

    private bool Reaches((int, Moment) from, (int, Moment) to, bool isSafe = false)
    {
        var seen = new HashSet<(int, Moment)>();
        var pending = new Stack<(int, Moment)>(isSafe ? AfterAndSafe(from) : After(from));
        while (pending.TryPop(out var moment))
        {
            if (moment == to)
            {
                return true;
            }

            if (seen.Add(moment))
            {
                foreach (var next in isSafe ? AfterAndSafe(moment) : After(moment))
                {
                    pending.Push(next);
                }
            }
        }

        return false;
    }

    private IEnumerable<(int, Moment)> AfterAndSafe((int Job, Moment Moment) at) => After(at).Concat(_safe.Where(edge => edge.From == at).Select(edge => edge.To));

    private IEnumerable<(int, Moment)> After((int Job, Moment Moment) at) => at.Moment switch
    {
        Moment.Start => From(at.Job, ScriptLink.Service, Moment.Start).Append((at.Job, Moment.ServicesUp))
            .Concat(_awaited.Where(pair => pair.Producer == at.Job).Select(pair => (pair.Consumer, Moment.Start))),
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
