namespace Toil.JobStores;

/// <summary>How another process asks the leader to stop.</summary>
internal sealed class KillFlag(IBlobStore blobs) : BlobFlag(blobs, JobStoreLayout.KillFlag);
