namespace Toil.Containers;

/// <summary>
/// Singularity and Apptainer: a container is a child process like any other, under the job's own user, and ends with it. Its
/// resources count as the job's, so no limits of its own are set.
/// </summary>
internal sealed class SingularityEngine : IContainerEngine
{
    public IEnumerable<string> Run(string name, ContainerRequest request)
    {
        if (request.User is not null)
        {
            throw new ToilException($"Singularity runs containers as the user of the job; it can't run {request.Image} as '{request.User}'. Leave the user out, or choose docker or podman.");
        }

        return
        [
            request.Entrypoint is null ? "run" : "exec", "--cleanenv", "--contain",
            .. request.Mounts.SelectMany(mount => new[] { "--bind", $"{mount.Source}:{mount.Target}{(mount.IsReadOnly ? ":ro" : "")}" }),
            .. request.WorkingDirectory is { } directory ? new[] { "--pwd", directory } : [],
            .. request.Environment.SelectMany(variable => new[] { "--env", $"{variable.Key}={variable.Value}" }),
            .. request.EngineArguments,
            ImageOf(request.Image),
            .. request.Entrypoint is { } entrypoint ? new[] { entrypoint } : [],
            .. request.Arguments,
        ];
    }

    public IReadOnlyList<string>? Remove(string name) => null;

    private static string ImageOf(string image) =>
        image.Contains("://", StringComparison.Ordinal) || Path.Exists(image) ? image : $"docker://{image}";
}
