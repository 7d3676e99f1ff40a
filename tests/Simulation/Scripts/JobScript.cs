namespace Toil.Simulation.Scripts;

/// <summary>A job's program as data: what it returns, which jobs it adds, how it fails. Engine and reference both execute it.</summary>
/// <param name="Id">The job's place in the tree of who made whom; also its name.</param>
/// <param name="Jobs">The jobs that it makes.</param>
/// <param name="Edges">How it links them; the index -1 is the job itself.</param>
/// <param name="Value">Its return value.</param>
/// <param name="DeletesFile">Whether it deletes the first file among its arguments.</param>
/// <param name="CleansUpFile">Whether its first file goes when everything after it is complete.</param>
/// <param name="Failure">How it fails.</param>
/// <param name="IsInvalid">Whether the graph that it makes is an error.</param>
internal sealed record JobScript(
    string Id,
    IReadOnlyList<NewJob> Jobs,
    IReadOnlyList<ScriptEdge> Edges,
    Template Value,
    bool DeletesFile,
    bool CleansUpFile,
    FailurePlan Failure,
    bool IsInvalid)
{
    /// <summary>The running job among the indices of its edges and promises.</summary>
    public const int Self = -1;

    /// <summary>Which code the job has: an edited code changes the jobs of its class.</summary>
    public static int ClassOf(string id) => (int)(ScriptGenerator.Hash(0, id) % 3);
}

internal sealed record NewJob(string Id, Template Arguments, int RequestKind)
{
    public bool IsService { get; init; }

    public bool IsCheckpoint { get; init; }

    /// <summary>It waits until what its promises lead to is known, instead of being linked behind it.</summary>
    public bool Awaits { get; init; }

    /// <summary>The files that it writes and returns live as long as values that may be read name them.</summary>
    public bool FreesFiles { get; init; }

    /// <summary>The promise that decides its memory; null when it asks for it itself.</summary>
    public Template.Promised? Memory { get; init; }
}

internal readonly record struct ScriptEdge(int From, int To, ScriptLink Kind);

internal enum ScriptLink
{
    Child,
    FollowOn,
    Service,
}

/// <summary>How a job fails: in its first tries, and whether another try could help. Edited code doesn't fail.</summary>
/// <param name="FailingTries">How many tries of each run fail.</param>
/// <param name="Retryable">Whether they are retried.</param>
/// <param name="FlakyRuns">How many of all its runs fail for good, as if by chance; none does when nothing goes wrong by chance.</param>
internal readonly record struct FailurePlan(int FailingTries, bool Retryable, int FlakyRuns = 0)
{
    public const int Always = int.MaxValue;
}
