namespace Toil.Jobs;

/// <summary>The jobs that one commit adds: everything reachable from its seeds, numbered in a stable order.</summary>
internal sealed class JobGraph
{
    private readonly Dictionary<Job, int> _positions = [];

    private JobGraph(Job? owner, Job? soleRoot) => (Owner, SoleRoot) = (owner, soleRoot);

    /// <summary>The running job that adds the others; null when a whole workflow starts.</summary>
    public Job? Owner { get; }

    /// <summary>When a whole workflow starts: the only job that it starts by itself. Null when it starts every job without predecessor.</summary>
    public Job? SoleRoot { get; private set; }

    /// <summary>The new jobs, without the owner.</summary>
    public List<Job> Jobs { get; } = [];

    /// <summary>New jobs that no other new job starts.</summary>
    public IEnumerable<Job> Roots => Jobs.Where(job => job.Incoming.Count == 0);

    /// <summary>
    /// Walks links of every kind from the seeds, in both directions, and through promises to their producers.
    /// </summary>
    public static JobGraph Collect(IEnumerable<Job> seeds, Job? owner, Job? soleRoot = null)
    {
        var graph = new JobGraph(owner, soleRoot);
        var pending = new Stack<Job>(seeds.Reverse());
        if (owner is not null)
        {
            PushNeighbours(owner, pending);
        }

        while (pending.TryPop(out var job))
        {
            if (job.Number is null && graph._positions.TryAdd(job, graph.Jobs.Count))
            {
                graph.Jobs.Add(job);
                graph.PlaceFunctions(job);
                PushNeighbours(job, pending);
            }
        }

        return graph;
    }

    /// <summary>The job's number in a commit: its own when it exists, else the complement of its position.</summary>
    public long NumberOf(Job job) => job.Number ?? ~(long)_positions[job];

    /// <summary>Whether it is a new job or the one that adds them.</summary>
    public bool Contains(Job job) => _positions.ContainsKey(job) || ReferenceEquals(job, Owner);

    /// <summary>A dense index for algorithms: 0 is the owner (or the workflow), new jobs follow.</summary>
    public int IndexOf(Job job) => _positions.TryGetValue(job, out var position) ? position + 1 : 0;

    public IEnumerable<Edge> Edges()
    {
        var sources = Owner is null ? Jobs : Jobs.Prepend(Owner);
        foreach (var job in sources)
        {
            foreach (var child in job.Children)
            {
                yield return new Edge(NumberOf(job), NumberOf(child), EdgeKind.Child);
            }

            foreach (var followOn in job.FollowOns)
            {
                yield return new Edge(NumberOf(job), NumberOf(followOn), EdgeKind.FollowOn);
            }

            foreach (var service in job.Services)
            {
                yield return new Edge(NumberOf(job), NumberOf(service), EdgeKind.Service);
            }
        }
    }

    /// <summary>Functions that compute a part of the job's request run before it: the first takes its place, the job is the last one's child.</summary>
    private void PlaceFunctions(Job job)
    {
        var last = (Job?)null;
        foreach (var function in job.Promised?.Functions.Where(function => function.Incoming.Count == 0) ?? [])
        {
            if (last is null)
            {
                job.YieldPlaceTo(function);
                SoleRoot = ReferenceEquals(job, SoleRoot) ? function : SoleRoot;
            }
            else
            {
                last.AddChild(function);
            }

            last = function;
        }

        last?.AddChild(job);
    }

    private static void PushNeighbours(Job job, Stack<Job> pending)
    {
        foreach (var service in job.Services)
        {
            pending.Push(service);
        }

        foreach (var promise in job.Promised?.Promises ?? [])
        {
            pending.Push(promise.Producer);
        }

        for (var i = job.FollowOns.Count - 1; i >= 0; i--)
        {
            pending.Push(job.FollowOns[i]);
        }

        for (var i = job.Children.Count - 1; i >= 0; i--)
        {
            pending.Push(job.Children[i]);
        }

        foreach (var (predecessor, _) in job.Incoming)
        {
            pending.Push(predecessor);
        }

        foreach (var promise in job.Arguments.Holes)
        {
            pending.Push(promise.Producer);
        }
    }
}
