using Toil.JobStores;

namespace Toil.Cli.Commands;

/// <summary>Finds out who runs a workflow.</summary>
internal static class Leaders
{
    /// <returns>Null when nobody does.</returns>
    public static async Task<LeaderRunningException?> FindAsync(JobStore store, CancellationToken cancellation)
    {
        try
        {
            await LeaderLease.ThrowIfHeldAsync(store.Blobs, cancellation);
            return null;
        }
        catch (LeaderRunningException leader)
        {
            return leader;
        }
    }
}
