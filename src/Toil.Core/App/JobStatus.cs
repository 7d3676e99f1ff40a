namespace Toil;

/// <summary>Where a job stands, as reports call it.</summary>
public enum JobStatus : byte
{
    /// <summary>It waits for other jobs.</summary>
    Waiting,

    /// <summary>It may run. Whether it does already, only a leader that answers can say.</summary>
    Ready,
    Running,

    /// <summary>Its run is committed.</summary>
    Done,

    /// <summary>It failed for good.</summary>
    Failed,
}
