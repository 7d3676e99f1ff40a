using Toil.JobStores;

namespace Toil.Running;

/// <summary>A job store that imported files were put into before its workflow was started.</summary>
internal static class StagedStore
{
    public static async Task<bool> ExistsAsync(string locator, CancellationToken cancellation)
    {
        var parsed = JobStoreLocator.Parse(locator);
        if (!await JobStore.ExistsAsync(parsed, cancellation).ConfigureAwait(false))
        {
            return false;
        }

        await using var store = await JobStore.OpenAsync(parsed, cancellation).ConfigureAwait(false);
        return WorkflowInspector.Read(store).Total == 0 ? true : throw new JobStoreExistsException(parsed);
    }
}
