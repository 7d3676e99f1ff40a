using Toil.Agents;
using Toil.Leader;
using Toil.Simulation.Model;
using Toil.Simulation.Scripts;

namespace Toil.Simulation.World;

/// <summary>What outlives a leader: the disk, the files, what users saw, and the reference that watches it all.</summary>
internal sealed class SimulatedWorld
{
    public SimulatedWorld(int seed, int size, PlantedBug bug)
    {
        Bug = bug;
        Random = new Random(seed);
        Scripts = new ScriptGenerator(Random.Next(), size);
        Worker = new ScriptWorker(Scripts, bug);
        Clock = new EventQueue(Random);
        Model = new ReferenceModel(Scripts);
        RetryCount = Random.Next(3);
        Cluster = Random.Next(3) == 0 ? new SimulatedCluster(this) : null;
        Options = new ReactorOptions(new Requirements(1, ByteSize.Parse("1Gi"), ByteSize.Parse("1Gi")), RetryCount, NewJobRequests.Largest)
        {
            DoublesMemory = Random.Next(2) == 0,
            RetriesPreemptedForFree = Random.Next(2) == 0,
            RecordsSubmissions = Cluster is not null,
            Time = new SimulatedTime(() => Clock),
        };
    }

    public PlantedBug Bug { get; }

    public Random Random { get; }

    public Tally Tally { get; } = new();

    public ScriptGenerator Scripts { get; }

    public ScriptWorker Worker { get; }

    public EventQueue Clock { get; set; }

    public SimulatedDisk Disk { get; init; } = new();

    public SimulatedStore Store { get; } = new();

    /// <summary>Where attempts run that outlive their leader; null when all of them end with it.</summary>
    public SimulatedCluster? Cluster { get; }

    public DeferredActions Deferred { get; } = new();

    public ReferenceModel Model { get; }

    public int RetryCount { get; }

    public ReactorOptions Options { get; set; }

    /// <summary>The records that some leader has acted upon: they must be in the journal for ever.</summary>
    public List<byte[]> Applied { get; } = [];

    /// <summary>The version of each script class's code that records have established.</summary>
    public int[] Versions { get; } = new int[3];

    /// <summary>Names of the jobs, by number.</summary>
    public Dictionary<long, string> Names { get; } = new() { [Reactor.WorkflowJob] = ScriptGenerator.Workflow };

    /// <summary>Jobs whose deletes are recorded as done.</summary>
    public HashSet<long> DeletesDone { get; } = [];

    /// <summary>Attempts on the cluster that may still commit when the run has ended: their files go when their jobs' runs are over, or count then.</summary>
    public IReadOnlyList<AttemptId> OpenAtEnd { get; set; } = [];

    /// <summary>Numbers of jobs that reruns of checkpoints have undone.</summary>
    public HashSet<long> UndoneJobs { get; } = [];

    /// <summary>Commits of checkpoints that their reruns have undone.</summary>
    public HashSet<AttemptId> UndoneAttempts { get; } = [];

    /// <summary>Attempts that outlived their leader; their ends arrive at a later one.</summary>
    public List<AttemptOutcome> Orphans { get; } = [];

    /// <summary>How many steps leaders have taken; a crash is planned at one of them.</summary>
    public long Steps { get; set; }

    /// <summary>Hears what happens, step by step; null when nobody listens.</summary>
    public Action<string>? Trace { get; init; }

    /// <summary>What the reference calls the file with a key: <c>files/folder/attempt-index</c>.</summary>
    public string NameOf(string key)
    {
        var writer = AttemptId.WriterOf(key)!.Value;
        return $"{Names[writer.Job]}#{key[writer.FilePrefix.Length..]}";
    }

    /// <summary>A new process knows nothing of what the last one was waiting for.</summary>
    public void Reboot()
    {
        Clock = new EventQueue(Random);
        Cluster?.Reboot();
    }
}
