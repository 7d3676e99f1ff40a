using Toil.Leader;
using Toil.Simulation.Model;
using Toil.Simulation.Scripts;

namespace Toil.Simulation.World;

/// <summary>What outlives a leader: the disk, the files, what users saw, and the reference that watches it all.</summary>
internal sealed class SimulatedWorld
{
    public SimulatedWorld(int seed, int size)
    {
        Random = new Random(seed);
        Scripts = new ScriptGenerator(Random.Next(), size);
        Worker = new ScriptWorker(Scripts);
        Clock = new EventQueue(Random);
        Model = new ReferenceModel(Scripts);
        RetryCount = Random.Next(3);
        Options = new ReactorOptions(new Requirements(1, ByteSize.Parse("1Gi"), ByteSize.Parse("1Gi")), RetryCount, NewJobRequests.Largest);
    }

    public Random Random { get; }

    public ScriptGenerator Scripts { get; }

    public ScriptWorker Worker { get; }

    public EventQueue Clock { get; private set; }

    public SimulatedFiles Files { get; } = new();

    public SimulatedStore Store { get; } = new();

    public ReferenceModel Model { get; }

    public int RetryCount { get; }

    public ReactorOptions Options { get; }

    /// <summary>The records that some leader has acted upon: they must be in the journal for ever.</summary>
    public List<byte[]> Applied { get; } = [];

    /// <summary>The version of each script class's code that records have established.</summary>
    public int[] Versions { get; } = new int[3];

    /// <summary>Names of the jobs, by number.</summary>
    public Dictionary<long, string> Names { get; } = new() { [Reactor.WorkflowJob] = ScriptGenerator.Workflow };

    /// <summary>Attempts that outlived their leader; their ends arrive at a later one.</summary>
    public List<Agents.AttemptOutcome> Orphans { get; } = [];

    /// <summary>How many steps leaders have taken; a crash is planned at one of them.</summary>
    public long Steps { get; set; }

    /// <summary>A new process knows nothing of what the last one was waiting for.</summary>
    public void Reboot() => Clock = new EventQueue(Random);
}
