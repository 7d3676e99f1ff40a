using System.Globalization;
using System.Text.Json;

namespace Toil.JobStores;

/// <summary>
/// The blobs that leases are: <c>lease/&lt;epoch&gt;</c>, made only if absent and afterwards written by their holder
/// alone. The newest counts.
/// </summary>
internal sealed class LeaseRecords(IBlobStore blobs)
{
    public async Task<(int Epoch, LeaseHolder? Holder)> ReadNewestAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var epoch = 0;
            foreach (var listed in await ListAsync(cancellationToken).ConfigureAwait(false))
            {
                epoch = Math.Max(epoch, listed);
            }

            if (epoch == 0)
            {
                return (0, null);
            }

            // It may go between the listing and the reading, when a newer one has come.
            if (await blobs.ReadAllAsync(Key(epoch), cancellationToken).ConfigureAwait(false) is { } bytes)
            {
                return (epoch, Parse(bytes, epoch));
            }
        }
    }

    public async Task<bool> TryCreateAsync(LeaseHolder holder, CancellationToken cancellationToken) =>
        await blobs.PutAsync(Key(holder.Epoch), holder.ToBytes(), BlobPutOptions.IfAbsent, cancellationToken).ConfigureAwait(false);

    public async Task RewriteAsync(LeaseHolder holder, CancellationToken cancellationToken) =>
        await blobs.PutAsync(Key(holder.Epoch), holder.ToBytes(), null, cancellationToken).ConfigureAwait(false);

    public async Task<bool> IsNewestAsync(int epoch, CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken).ConfigureAwait(false)).TrueForAll(other => other <= epoch);

    public async Task DeleteAsync(int epoch, CancellationToken cancellationToken) =>
        await blobs.DeleteAsync(Key(epoch), cancellationToken).ConfigureAwait(false);

    /// <summary>Removes the records that nobody needs any more. The one before the newest stays: who lists them meanwhile finds one or the other.</summary>
    public async Task DeleteOldAsync(int newest, CancellationToken cancellationToken)
    {
        foreach (var old in await ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (old < newest - 1)
            {
                await DeleteAsync(old, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static string Key(int epoch) => JobStoreLayout.Leases + epoch.ToString("D8", CultureInfo.InvariantCulture);

    private async Task<List<int>> ListAsync(CancellationToken cancellationToken)
    {
        var epochs = new List<int>();
        await foreach (var blob in blobs.ListAsync(JobStoreLayout.Leases, cancellationToken).ConfigureAwait(false))
        {
            if (int.TryParse(blob.Key.AsSpan(JobStoreLayout.Leases.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var epoch))
            {
                epochs.Add(epoch);
            }
        }

        return epochs;
    }

    private static LeaseHolder Parse(byte[] bytes, int epoch)
    {
        try
        {
            return LeaseHolder.Parse(bytes);
        }
        catch (JsonException broken)
        {
            throw new ToilException($"The leader's lease '{Key(epoch)}' is unreadable: {broken.Message} If no leader runs, delete it and try again.", broken);
        }
    }
}
