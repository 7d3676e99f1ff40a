namespace Toil.Jobs;

/// <summary>How one job follows another.</summary>
internal enum EdgeKind : byte
{
    Child = 0,
    FollowOn = 1,

    /// <summary>From a job to its service, or from a service to its sub-service.</summary>
    Service = 2,
}

/// <summary>An edge of the graph, by job number; numbers below zero are complements of positions among a commit's new jobs.</summary>
internal readonly record struct Edge(long From, long To, EdgeKind Kind);
