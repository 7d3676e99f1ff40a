namespace Toil.Simulation.Scripts;

/// <summary>Makes the program of each job from the seed and the job's id alone, so that it is the same whenever and wherever it runs.</summary>
internal sealed class ScriptGenerator
{
    /// <summary>The id of the workflow itself.</summary>
    public const string Workflow = "W";

    /// <summary>Checkpoints within each other multiply their reruns.</summary>
    private const int MaxNested = 2;

    /// <summary>What a checkpoint leads to runs once for each of its tries, and for each try of those around it.</summary>
    private const int MostAfterCheckpoint = 40;

    private readonly Dictionary<string, int> _checkpoints = [];
    private readonly int _seed;
    private readonly bool _mayFail;
    private readonly bool _awaits;
    private readonly bool _frees;
    private readonly int _size;
    private readonly int _maxNew;
    private readonly Dictionary<string, JobScript> _scripts = [];
    private readonly Dictionary<string, int> _sizes = [];

    public ScriptGenerator(int seed, int size)
    {
        var random = new Random(seed);
        _seed = seed;
        _size = size;
        _mayFail = random.Next(3) > 0;
        _maxNew = random.Next(1, 7);
        _awaits = random.Next(2) == 0;
        _frees = random.Next(2) == 0;
        _sizes[Workflow] = size;
    }

    public JobScript this[string id]
    {
        get
        {
            if (!_scripts.TryGetValue(id, out var script))
            {
                _scripts[id] = script = Generate(id);
            }

            return script;
        }
    }

    /// <summary>A hash that is the same in every process.</summary>
    public static uint Hash(int seed, string text)
    {
        var hash = 2166136261 ^ (uint)seed;
        foreach (var letter in text)
        {
            hash = (hash ^ letter) * 16777619;
        }

        return hash ^ (hash >> 15);
    }

    /// <summary>
    /// Whether a mistake is to be made, one time in so many. Large workflows make fewer, or most of them would end
    /// before they have become large.
    /// </summary>
    public bool Mistakes(Random random, int oneIn) => _mayFail && random.Next(oneIn * (10 + _size)) < 10;

    /// <summary>Whether a job awaits what its promises lead to.</summary>
    public bool Awaits(string id) => _awaits && !IsService(id) && Hash(_seed + 1, id) % 3 == 0;

    /// <summary>Whether a job is handed promises as such, to let those that it makes await them.</summary>
    public bool IsPlanner(string id) => Awaits(id) && Hash(_seed + 2, id) % 2 == 0;

    /// <summary>How many deferred actions a run of a job registers.</summary>
    public int DeferredActions(string id) => Hash(_seed + 3, id) % 4 == 0 ? 1 + (int)(Hash(_seed + 4, id) % 3) : 0;

    /// <summary>Whether a job's value may lead to jobs that neither it nor those that follow it have made.</summary>
    public bool Leaks(string id)
    {
        var script = this[id];
        return Leaks(script.Value, script);
    }

    /// <summary>Whether a job may be undone after it has run: a checkpoint, or one that leads to some.</summary>
    public bool HasCheckpoint(string id) => this[id].Jobs.Any(job => job.IsCheckpoint || HasCheckpoint(job.Id));

    private bool Leaks(Template template, JobScript owner) => template switch
    {
        Template.Argument => IsPlanner(owner.Id),
        Template.Promised { Job: >= 0 } promised => Leaks(owner.Jobs[promised.Job].Id),
        Template.Items items => items.Nodes.Any(node => Leaks(node, owner)),
        Template.Entries entries => entries.Nodes.Any(entry => Leaks(entry.Value, owner)),
        _ => false,
    };

    private JobScript Generate(string id)
    {
        var random = new Random((int)Hash(_seed, id));
        var ids = IsService(id) ? [] : MakeIds(id, random);
        var services = ids.Count > 0 && random.Next(4) == 0 ? random.Next(1, 4) : 0;
        var graph = new ScriptGraph(ids.Count + services);
        var isInvalid = LinkAll(graph, ids.Count, id == Workflow, random);
        AddServices(graph, ids, services, isWorkflow: id == Workflow, random);
        var areCheckpoints = ids.Select((job, i) => !graph.Edges.Any(edge => edge.From == i) && !graph.IsService(i) && random.Next(10) == 0 && _checkpoints.GetValueOrDefault(id) < MaxNested && _sizes[job] <= MostAfterCheckpoint).ToList();
        for (var i = 0; i < ids.Count; i++)
        {
            _checkpoints[ids[i]] = _checkpoints.GetValueOrDefault(id) + (areCheckpoints[i] ? 1 : 0);
        }

        var templates = new TemplateGenerator(random, this, graph, id, ids, areCheckpoints);
        var value = templates.Value();
        var jobs = ids.Select((job, i) => new NewJob(job, templates.Arguments(i, value), RequestKind(random))
        {
            IsService = graph.IsService(i),
            IsCheckpoint = areCheckpoints[i],
            Awaits = Awaits(job),
            FreesFiles = _frees && !graph.IsService(i) && random.Next(3) > 0,
            Memory = random.Next(5) == 0 ? templates.Memory(i) : null,
        }).ToList();
        return new JobScript(
            id, jobs, graph.Edges, value, random.Next(4) == 0 && !IsService(id), random.Next(8) == 0, Plan(random, id), isInvalid || templates.IsInvalid);
    }

    public static bool IsService(string id) => id[id.LastIndexOf('.') + 1] == 's';

    /// <summary>Services of the job itself, of jobs that it makes, and of each other.</summary>
    private void AddServices(ScriptGraph graph, List<string> ids, int services, bool isWorkflow, Random random)
    {
        var jobs = ids.Count;
        for (var i = 0; i < services; i++)
        {
            var id = $"{ids[0][..ids[0].LastIndexOf('.')]}.s{i}";
            var owner = i > 0 && random.Next(2) == 0 ? jobs + random.Next(i) : random.Next(isWorkflow ? 0 : -1, jobs);
            graph.AddAnyway(new ScriptEdge(owner, ids.Count, ScriptLink.Service));
            _sizes[id] = 0;
            ids.Add(id);
        }
    }

    private List<string> MakeIds(string id, Random random)
    {
        if (!_sizes.TryGetValue(id, out var size))
        {
            // Whoever makes the job decides how many jobs it leads to.
            _ = this[id[..id.LastIndexOf('.')]];
            size = _sizes[id];
        }

        var count = Math.Min(size, random.Next(1, _maxNew + 1));
        var ids = Enumerable.Range(0, count).Select(i => $"{id}.{i}").ToList();
        foreach (var job in ids)
        {
            _sizes[job] = 0;
        }

        for (var left = size - count; left > 0 && count > 0; left--)
        {
            _sizes[ids[random.Next(count)]]++;
        }

        return ids;
    }

    /// <returns>Whether a cycle was left in on purpose.</returns>
    private bool LinkAll(ScriptGraph graph, int jobs, bool isWorkflow, Random random)
    {
        // One predecessor each makes a tree, which is always in order; further links must prove themselves.
        for (var job = 0; job < jobs; job++)
        {
            var from = random.Next(-1, job);
            graph.AddAnyway(new ScriptEdge(from, job, random.Next(5) < 2 && !(isWorkflow && from == JobScript.Self) ? ScriptLink.FollowOn : ScriptLink.Child));
        }

        for (var extra = random.Next(jobs + 1); extra > 0; extra--)
        {
            var edge = new ScriptEdge(random.Next(isWorkflow ? 0 : -1, jobs), random.Next(jobs), random.Next(5) < 2 ? ScriptLink.FollowOn : ScriptLink.Child);
            var isRoot = graph.Edges.Any(other => other.From == JobScript.Self && other.To == edge.To);
            if (edge.From == edge.To || (isWorkflow && isRoot) || graph.TryAdd(edge))
            {
                continue;
            }

            if (!isWorkflow && Mistakes(random, 40))
            {
                graph.AddAnyway(edge);
                return true;
            }
        }

        return false;
    }

    private int RequestKind(Random random) => Mistakes(random, 150) ? NewJobRequests.TooLarge : random.Next(NewJobRequests.TooLarge);

    private FailurePlan Plan(Random random, string id)
    {
        if (id == Workflow)
        {
            return default;
        }

        // Failures that a retry can cure stop nothing, so they may be frequent.
        return _mayFail && random.Next(20) == 0 ? new FailurePlan(0, false, random.Next(1, 3))
            : Mistakes(random, 30) ? new FailurePlan(FailurePlan.Always, random.Next(2) == 0)
            : _mayFail && random.Next(15) == 0 ? new FailurePlan(1, true)
            : Mistakes(random, 60) ? new FailurePlan(2, true)
            : default;
    }
}
