using Toil.Cwl.Model;

namespace Toil.Cwl.Tools;

/// <summary>Images for Singularity and Apptainer: files that are made from docker's images, once on each node.</summary>
internal static class SingularityImage
{
    /// <summary>Where images are kept, if it is set.</summary>
    private const string DirectoryVariable = "CWL_SINGULARITY_CACHE";

    public static string PathOf(DockerRequirement docker)
    {
        var name = docker.ImageId ?? docker.Pull
            ?? throw new UnsupportedRequirementException(docker.Position, "Singularity can't make an image from dockerFile, dockerLoad or dockerImport. Add dockerPull, or use docker or podman.");
        return Path.Exists(name) ? name : Path.Combine(Folder(), $"{name.Replace("://", "_", StringComparison.Ordinal).Replace('/', '_').Replace(':', '_')}.sif");
    }

    public static async Task FetchAsync(ToolJob job, ToolContainer container, string image)
    {
        var source = container.Docker.Pull
            ?? throw new ToilException($"{container.Docker.Position}: There is no image {container.Docker.ImageId} on this node, and the document doesn't say where to get it. Add dockerPull.");
        Directory.CreateDirectory(Path.GetDirectoryName(image)!);
        var draft = $"{image}.{Guid.NewGuid():N}";
        var url = source.Contains("://", StringComparison.Ordinal) ? source : $"docker://{source}";
        await ContainerImages.RequireAsync(job, container.Program, ["pull", "--force", draft, url], $"pull the image '{source}'").ConfigureAwait(false);
        File.Move(draft, image, overwrite: true);
    }

    private static string Folder() => Environment.GetEnvironmentVariable(DirectoryVariable) is { Length: > 0 } chosen
        ? chosen
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "toil", "images");
}
