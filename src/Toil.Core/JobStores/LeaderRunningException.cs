namespace Toil.JobStores;

/// <summary>The workflow has a leader that lives.</summary>
public sealed class LeaderRunningException : ToilException
{
    internal LeaderRunningException(LeaseHolder holder)
        : base($"This workflow is being led by process {holder.ProcessId} on {holder.Host} already (last seen {holder.RenewedAt:u}). "
            + "Watch it with `toil status` or Watch-ToilWorkflow, or stop it with `toil kill` or Stop-ToilWorkflow and try again.")
    {
        Host = holder.Host;
        ProcessId = holder.ProcessId;
    }

    /// <summary>The leader's host.</summary>
    public string Host { get; }

    /// <summary>The leader's process id on that host.</summary>
    public int ProcessId { get; }
}
