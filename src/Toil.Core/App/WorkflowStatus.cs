namespace Toil;

/// <summary>What a workflow's journal says of it, also while another process runs it.</summary>
/// <param name="Id">Its unique id.</param>
/// <param name="JobStore">Its job store.</param>
/// <param name="CreatedAt">When it was started first.</param>
/// <param name="IsComplete">Whether every job is complete.</param>
/// <param name="Total">Jobs that exist, finished ones included.</param>
/// <param name="Done">Jobs whose run is committed.</param>
/// <param name="Failed">Jobs that failed for good and haven't been resumed.</param>
public sealed record WorkflowStatus(
    Guid Id, string JobStore, DateTimeOffset CreatedAt, bool IsComplete, long Total, long Done, IReadOnlyList<FailedJob> Failed)
{
    /// <summary>Jobs that may run, and don't.</summary>
    public long Ready { get; init; }

    /// <summary>Jobs that wait for other jobs.</summary>
    public long Waiting { get; init; }

    /// <summary>Jobs whose run is committed and that still have successors to come.</summary>
    public long Parents { get; init; }

    /// <summary>The jobs that run now. Known only of a workflow whose leader answers.</summary>
    public IReadOnlyList<RunningJobInfo> Running { get; init; } = [];

    /// <summary>What keeps ready jobs from running, in a sentence; null when nothing does or no leader says so.</summary>
    public string? HeldUpBy { get; init; }
}

/// <summary>A job that runs.</summary>
/// <param name="Number">Its number in the workflow.</param>
/// <param name="Name">What logs call it.</param>
/// <param name="Since">When the attempt began.</param>
/// <param name="Node">The host that runs it.</param>
public sealed record RunningJobInfo(long Number, string Name, DateTimeOffset Since, string Node);
