namespace Toil.Simulation.World;

/// <summary>What has happened in one simulated workflow.</summary>
internal sealed class Tally
{
    private readonly Dictionary<string, int> _faults = [];

    /// <summary>How many leaders died or were superseded.</summary>
    public int Kills { get; set; }

    /// <summary>How often services had to be ended because nothing else could go on beside them.</summary>
    public int Deadlocks { get; set; }

    /// <summary>Whether the end was compared with that of a sequential run.</summary>
    public bool WasCompared { get; set; }

    public IReadOnlyDictionary<string, int> Faults => _faults;

    public void Fault(string kind) => _faults[kind] = _faults.GetValueOrDefault(kind) + 1;
}
