namespace Toil.JobStores;

/// <summary>A blob that was asked for isn't there.</summary>
/// <param name="key">Its key.</param>
/// <param name="place">Where it was looked for.</param>
public sealed class NoSuchBlobException(string key, string place)
    : ToilException($"There is no '{key}' in the job store {place}. It was deleted or never written; Get-ToilJobStoreItem lists what is there.")
{
    public string Key { get; } = key;
}
