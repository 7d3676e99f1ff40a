namespace Toil.Leader;

/// <summary>The services of one job, and where they stand.</summary>
/// <param name="Owner">The job whose successors use them.</param>
/// <param name="Services">All of them, each behind the one that it is a sub-service of.</param>
internal sealed record ServiceGroup(long Owner, IReadOnlyList<long> Services)
{
    /// <summary>Those that have started, and have not to start again: what they said is known.</summary>
    public HashSet<long> Up { get; } = [];

    /// <summary>One of them has failed for good under the leader that wrote the last records.</summary>
    public bool HasFailure { get; set; }

    /// <summary>Those that have been told to stop. Known to the running leader only, as are the others below.</summary>
    public HashSet<long> Told { get; } = [];

    public bool IsUp => !HasFailure && Up.Count == Services.Count;

    /// <summary>They are being stopped, or have been.</summary>
    public bool IsStopping { get; set; }

    /// <summary>One of them failed for good, so the owner counts as failed.</summary>
    public bool IsFailed { get; set; }
}
