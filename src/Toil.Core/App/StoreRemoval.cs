using Toil.Agents;
using Toil.Files;
using Toil.JobStores;
using Toil.Options;

namespace Toil;

/// <summary>Removes a job store, and before it what a killed leader of its workflow has left on this node.</summary>
internal static class StoreRemoval
{
    /// <param name="locator">The job store.</param>
    /// <param name="force">Also when a process seems to lead the workflow.</param>
    /// <param name="report">Takes the name of a job, and what went wrong with a deferred action of it.</param>
    /// <param name="cancellation">Stops the removal.</param>
    /// <exception cref="NoSuchJobStoreException">There is none.</exception>
    /// <exception cref="LeaderRunningException">Another process leads the workflow.</exception>
    public static async Task RemoveAsync(JobStoreLocator locator, bool force, Action<string, string> report, CancellationToken cancellation)
    {
        if (!force)
        {
            await CleanNodeAsync(locator, report, cancellation).ConfigureAwait(false);
        }

        await JobStore.DestroyAsync(locator, force, cancellation).ConfigureAwait(false);
    }

    private static async Task CleanNodeAsync(JobStoreLocator locator, Action<string, string> report, CancellationToken cancellation)
    {
        await using var store = await JobStore.FindAsync(locator, cancellation).ConfigureAwait(false) ?? throw new NoSuchJobStoreException(locator);
        await LeaderLease.ThrowIfHeldAsync(store.Blobs, cancellation).ConfigureAwait(false);
        var options = OptionSources.Combine([], [], Environment.GetEnvironmentVariable);
        var space = TempSpace.PathOf(options.WorkDir, store.WorkflowId);
        var spaces = TempSpace.AbandonedBeside(space);
        if (spaces.Count == 0 && !Directory.Exists(space))
        {
            return;
        }

        var identity = AgentIdentity.Own(store.WorkflowId.ToString());
        OrphanSweeper.SweepAfterOthers(identity.Workflow);
        SocketDirectory.RemoveAbandoned(options.CoordinationDir);
        var runner = new DeferredRunner(ChildReaper.Start, Spawner.InheritedEnvironment, attempt => identity.Mark(attempt.ToString()), report);
        foreach (var abandoned in spaces.Append(space))
        {
            await runner.RunAbandonedAsync(abandoned, identity).ConfigureAwait(false);
        }

        TempSpace.RemoveAbandoned(spaces);
        TempTree.Remove(space);
    }
}
