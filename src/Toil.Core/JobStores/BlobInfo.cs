namespace Toil.JobStores;

/// <summary>What a store knows of a blob without reading it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Modified">When it was put.</param>
/// <param name="IsExecutable">Whether it was put as an executable file.</param>
public sealed record BlobInfo(string Key, long Size, DateTimeOffset Modified, bool IsExecutable);
