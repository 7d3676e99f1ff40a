namespace Toil.Leader;

/// <summary>How many jobs stand where; the workflow's own job 0 isn't counted.</summary>
internal sealed class WorkflowCounts
{
    /// <summary>Jobs that exist or existed.</summary>
    public long Total { get; set; }

    /// <summary>Jobs whose run is committed.</summary>
    public long Done { get; set; }
    public long Failed { get; set; }

    /// <summary>Released and issued, not running yet.</summary>
    public long Ready { get; set; }
    public long Running { get; set; }
}
