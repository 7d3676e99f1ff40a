using Toil.JobStores;
using Toil.Journaling;

namespace Toil;

/// <summary>Makes the job store of a new workflow, also where an interrupted creation or removal has left one behind.</summary>
internal static class VacantStore
{
    /// <exception cref="JobStoreExistsException">There is one that holds a workflow.</exception>
    /// <exception cref="LeaderRunningException">It is half removed, and its leader is at it.</exception>
    public static async Task<JobStore> CreateAsync(JobStoreLocator locator, bool isTemporary, CancellationToken cancellation)
    {
        try
        {
            return await JobStore.CreateAsync(locator, null, isTemporary, cancellation).ConfigureAwait(false);
        }
        catch (JobStoreExistsException)
        {
            return await TakeAsync(locator, cancellation).ConfigureAwait(false);
        }
    }

    private static async Task<JobStore> TakeAsync(JobStoreLocator locator, CancellationToken cancellation)
    {
        var store = await JobStore.FindAsync(locator, cancellation).ConfigureAwait(false);
        if (store is { IsDestroying: false })
        {
            return HoldsWorkflow(store) ? throw new JobStoreExistsException(locator) : store;
        }

        if (store is not null)
        {
            await JobStore.DestroyAsync(locator, force: false, cancellation).ConfigureAwait(false);
        }

        return await JobStore.CreateAsync(locator, null, isTemporary: false, cancellation).ConfigureAwait(false);
    }

    private static bool HoldsWorkflow(JobStore store)
    {
        using var reader = new JournalReader(store.JournalFiles);
        return reader.HoldsRecords();
    }
}
