using Toil.Journaling;

namespace Toil.JobStores;

/// <summary>Everything that one workflow remembers, in one place.</summary>
internal sealed class JobStore : IAsyncDisposable
{
    private readonly JobStoreMarker _marker;

    private JobStore(JobStoreLocator locator, IBlobStore blobs, JobStoreMarker marker)
    {
        Locator = locator;
        Blobs = blobs;
        _marker = marker;
        KillFlag = new KillFlag(blobs);
        StatusQuestion = new BlobFlag(blobs, JobStoreLayout.StatusQuestion);
    }

    public JobStoreLocator Locator { get; }

    public IBlobStore Blobs { get; }

    public Guid WorkflowId => _marker.Workflow;

    public DateTimeOffset CreatedAt => _marker.Created;

    /// <summary>Whether its removal has begun.</summary>
    public bool IsDestroying => _marker.Destroying;

    /// <summary>
    /// Nobody has named it, so nobody comes back to it after a power cut: what is written to it isn't waited for on
    /// its way to the disk. It outlives the death of any process all the same.
    /// </summary>
    public bool IsTemporary { get; private init; }

    public KillFlag KillFlag { get; }

    /// <summary>Set by whoever wants to know what the leader is doing.</summary>
    public BlobFlag StatusQuestion { get; }

    /// <summary>The files that the journal is made of.</summary>
    public IJournalFiles JournalFiles => new DirectoryJournalFiles(
        Path.Combine(Directory, JobStoreLayout.Journal.TrimEnd('/')), new TemporaryFiles(Path.Combine(Directory, BlobKey.Reserved), TimeProvider.System), isSynced: !IsTemporary);

    /// <summary>Where the store's blobs are files.</summary>
    /// <exception cref="ToilException">They aren't.</exception>
    public string Directory => Blobs.LocalDirectory
        ?? throw new ToilException($"The job store {Locator} can't hold a workflow in this build: its storage isn't a directory. Use a file store.");

    /// <exception cref="JobStoreExistsException">There is one already.</exception>
    public static async Task<JobStore> CreateAsync(
        JobStoreLocator locator, TimeProvider? time = null, bool isTemporary = false, CancellationToken cancellationToken = default)
    {
        var provider = BlobStoreProviders.For(locator);
        var blobs = (await provider.OpenAsync(locator, create: true, cancellationToken).ConfigureAwait(false))!;
        var marker = new JobStoreMarker(JobStoreMarker.CurrentFormat, Guid.NewGuid(), (time ?? TimeProvider.System).GetUtcNow());
        if (await blobs.PutAsync(JobStoreLayout.Marker, marker.ToBytes(), BlobPutOptions.IfAbsent, cancellationToken).ConfigureAwait(false))
        {
            return new JobStore(locator, blobs, marker) { IsTemporary = isTemporary };
        }

        await blobs.DisposeAsync().ConfigureAwait(false);
        throw new JobStoreExistsException(locator);
    }

    /// <exception cref="NoSuchJobStoreException">There is none.</exception>
    public static async Task<JobStore> OpenAsync(JobStoreLocator locator, CancellationToken cancellationToken = default)
    {
        var store = await FindAsync(locator, cancellationToken).ConfigureAwait(false) ?? throw new NoSuchJobStoreException(locator);
        return store._marker.Destroying
            ? throw new ToilException($"The job store {locator} is half removed: its workflow can't be resumed. Start a new one there without --restart, or finish the removal: toil clean {locator}, or Remove-ToilJobStore '{locator}'.")
            : store;
    }

    public static async Task<bool> ExistsAsync(JobStoreLocator locator, CancellationToken cancellationToken = default)
    {
        await using var store = await FindAsync(locator, cancellationToken).ConfigureAwait(false);
        return store is not null;
    }

    /// <summary>
    /// Removes the store, and nothing that it didn't make: other files in its place stay, and so does the place then.
    /// May be repeated when it was interrupted.
    /// </summary>
    /// <exception cref="NoSuchJobStoreException">There is none.</exception>
    /// <exception cref="LeaderRunningException">Its workflow is running.</exception>
    public static async Task DestroyAsync(JobStoreLocator locator, bool force = false, CancellationToken cancellationToken = default)
    {
        await using var store = await FindAsync(locator, cancellationToken).ConfigureAwait(false) ?? throw new NoSuchJobStoreException(locator);
        if (!force)
        {
            await LeaderLease.ThrowIfHeldAsync(store.Blobs, cancellationToken).ConfigureAwait(false);
        }

        await store.EmptyAsync(cancellationToken).ConfigureAwait(false);
        await store.Blobs.RemoveIfEmptyAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Puts a shared file, which users know by its name.</summary>
    public async Task WriteSharedAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        await Blobs.PutAsync(JobStoreLayout.Shared + name, content, null, cancellationToken).ConfigureAwait(false);

    /// <exception cref="NoSuchBlobException">There is no shared file of that name.</exception>
    public async Task<Stream> OpenSharedAsync(string name, CancellationToken cancellationToken = default) =>
        await Blobs.OpenReadAsync(JobStoreLayout.Shared + name, cancellationToken).ConfigureAwait(false);

    /// <summary>Puts the log of one attempt.</summary>
    public async Task WriteLogAsync(string job, int attempt, Stream content, CancellationToken cancellationToken = default) =>
        await Blobs.PutAsync(JobStoreLayout.Log(job, attempt), content, null, cancellationToken).ConfigureAwait(false);

    /// <returns>Null when that attempt has left no log.</returns>
    public async Task<Stream?> OpenLogAsync(string job, int attempt, CancellationToken cancellationToken = default)
    {
        try
        {
            return await Blobs.OpenReadAsync(JobStoreLayout.Log(job, attempt), cancellationToken).ConfigureAwait(false);
        }
        catch (NoSuchBlobException)
        {
            return null;
        }
    }

    public ValueTask DisposeAsync() => Blobs.DisposeAsync();

    /// <returns>The store, whatever its state; null when there is none.</returns>
    public static async Task<JobStore?> FindAsync(JobStoreLocator locator, CancellationToken cancellationToken = default)
    {
        var blobs = await BlobStoreProviders.For(locator).OpenAsync(locator, create: false, cancellationToken).ConfigureAwait(false);
        if (blobs is null)
        {
            return null;
        }

        if (await blobs.ReadAllAsync(JobStoreLayout.Marker, cancellationToken).ConfigureAwait(false) is { } bytes)
        {
            return new JobStore(locator, blobs, JobStoreMarker.Parse(bytes, locator));
        }

        await blobs.DisposeAsync().ConfigureAwait(false);
        return null;
    }

    /// <summary>The marker goes last: until then the place can be told for a store, and this be repeated.</summary>
    private async Task EmptyAsync(CancellationToken cancellationToken)
    {
        var marker = _marker with { Destroying = true };
        await Blobs.PutAsync(JobStoreLayout.Marker, marker.ToBytes(), null, cancellationToken).ConfigureAwait(false);
        foreach (var prefix in JobStoreLayout.Prefixes)
        {
            await foreach (var blob in Blobs.ListAsync(prefix, cancellationToken).ConfigureAwait(false))
            {
                await Blobs.DeleteAsync(blob.Key, cancellationToken).ConfigureAwait(false);
            }
        }

        foreach (var key in new[] { JobStoreLayout.KillFlag, JobStoreLayout.StatusQuestion, JobStoreLayout.StatusAnswer })
        {
            await Blobs.DeleteAsync(key, cancellationToken).ConfigureAwait(false);
        }

        await Blobs.DeleteAsync(JobStoreLayout.Marker, cancellationToken).ConfigureAwait(false);
    }
}
