using Toil.JobStores;

namespace Toil.Files;

/// <summary>A file that a shelf has taken in.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Status">What it was like then.</param>
/// <param name="IsLink">It is the local file under a second name.</param>
internal readonly record struct ShelvedFile(FileId Id, string Path, FileStatus Status, bool IsLink);
