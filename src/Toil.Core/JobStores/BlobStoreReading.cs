namespace Toil.JobStores;

/// <summary>Reading small blobs whole.</summary>
internal static class BlobStoreReading
{
    /// <returns>Null when there is no such blob.</returns>
    public static async Task<byte[]?> ReadAllAsync(this IBlobStore blobs, string key, CancellationToken cancellationToken = default)
    {
        try
        {
            // Another may replace it between two reads, so it is read anew, in one go, when it is longer than thought.
            for (var buffer = new byte[1 << 10]; ; buffer = new byte[buffer.Length * 16])
            {
                var length = await blobs.ReadAsync(key, 0, buffer, cancellationToken).ConfigureAwait(false);
                if (length < buffer.Length)
                {
                    return buffer[..length];
                }
            }
        }
        catch (NoSuchBlobException)
        {
            return null;
        }
    }
}
