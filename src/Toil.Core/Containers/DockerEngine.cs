using System.Globalization;

namespace Toil.Containers;

/// <summary>Docker, and Podman, which takes the same command line. Containers outlive the client, so they are removed by name.</summary>
internal sealed class DockerEngine : IContainerEngine
{
    public IEnumerable<string> Run(string name, ContainerRequest request) =>
    [
        "run", "--rm", "--name", name,
        .. request.Mounts.SelectMany(mount => new[] { "--mount", $"type=bind,source={mount.Source},target={mount.Target}{(mount.IsReadOnly ? ",readonly" : "")}" }),
        .. Option("--workdir", request.WorkingDirectory),
        .. Option("--user", request.User),
        .. Option("--entrypoint", request.Entrypoint),
        .. request.Environment.SelectMany(variable => new[] { "--env", $"{variable.Key}={variable.Value}" }),
        .. Option("--cpus", request.Cores?.ToString("0.###", CultureInfo.InvariantCulture)),
        .. Option("--memory", request.Memory is { } memory ? string.Create(CultureInfo.InvariantCulture, $"{memory.Bytes}b") : null),
        .. request.EngineArguments,
        request.Image,
        .. request.Arguments,
    ];

    public IReadOnlyList<string> Remove(string name) => ["rm", "--force", "--volumes", name];

    private static string[] Option(string option, string? value) => value is null ? [] : [option, value];
}
