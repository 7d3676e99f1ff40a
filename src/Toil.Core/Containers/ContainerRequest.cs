namespace Toil;

/// <summary>A program to run in a container.</summary>
/// <param name="Image">The image, as the engine knows it; for Singularity also a file or a URL such as <c>docker://alpine</c>.</param>
/// <param name="Arguments">The command, or what the image's entrypoint gets.</param>
public sealed record ContainerRequest(string Image, params IReadOnlyList<string> Arguments)
{
    /// <summary>Directories and files of this machine that are seen in the container. The job's temporary directory always is, under its own path.</summary>
    public IReadOnlyList<ContainerMount> Mounts { get; init; } = [];

    /// <summary>Variables to set; of the job's own environment the container sees nothing.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What runs instead of the image's entrypoint.</summary>
    public string? Entrypoint { get; init; }

    /// <summary>A name or number, with a group behind a colon if need be. Left out, it is the job's own user, so that files that it makes can be read.</summary>
    public string? User { get; init; }

    /// <summary>Left out, it is the job's temporary directory.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Left out, it is what the job asked for.</summary>
    public double? Cores { get; init; }

    /// <summary>Left out, it is what the job asked for.</summary>
    public ByteSize? Memory { get; init; }

    /// <summary>Further arguments of the engine's run command.</summary>
    public IReadOnlyList<string> EngineArguments { get; init; } = [];
}

/// <summary>A directory or file that a container sees.</summary>
/// <param name="Source">Where it is on this machine.</param>
/// <param name="Target">Where it is in the container.</param>
/// <param name="IsReadOnly">Whether the container may not change it.</param>
public sealed record ContainerMount(string Source, string Target, bool IsReadOnly = false);
