namespace Toil.JobStores;

/// <summary>Opens the storage of one kind of job store.</summary>
public interface IBlobStoreProvider
{
    /// <summary>The locator kind that it serves, such as <c>file</c> or <c>aws</c>.</summary>
    string Kind { get; }

    /// <summary>Opens the place that the locator names.</summary>
    /// <param name="locator">The place.</param>
    /// <param name="create">Make the place when it is absent. Refuse one that holds what isn't a job store's.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Null when there is no such place and <paramref name="create"/> is false.</returns>
    ValueTask<IBlobStore?> OpenAsync(JobStoreLocator locator, bool create, CancellationToken cancellationToken = default);
}
