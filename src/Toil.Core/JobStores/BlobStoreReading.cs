namespace Toil.JobStores;

/// <summary>Reading small blobs whole.</summary>
internal static class BlobStoreReading
{
    /// <returns>Null when there is no such blob.</returns>
    public static async Task<byte[]?> ReadAllAsync(this IBlobStore blobs, string key, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var stream = await blobs.OpenReadAsync(key, cancellationToken).ConfigureAwait(false);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
            return bytes.ToArray();
        }
        catch (NoSuchBlobException)
        {
            return null;
        }
    }
}
