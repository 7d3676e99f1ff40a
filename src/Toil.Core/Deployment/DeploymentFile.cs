namespace Toil.Deployment;

/// <summary>A file that travels to the nodes.</summary>
/// <param name="Path">Its place in the archive: relative, with '/' between the parts.</param>
/// <param name="Source">Where it is on this machine.</param>
internal sealed record DeploymentFile(string Path, string Source);
