namespace Toil.Containers;

/// <summary>The engines that are known, by the name of their program.</summary>
internal static class ContainerEngines
{
    /// <summary>Names the engine to use where no one is named otherwise.</summary>
    public const string Variable = "TOIL_CONTAINER_ENGINE";

    private static readonly DockerEngine Docker = new();
    private static readonly SingularityEngine Singularity = new();

    /// <summary>In the order in which they are looked for.</summary>
    private static readonly (string Name, IContainerEngine Engine)[] Known =
        [("docker", Docker), ("podman", Docker), ("apptainer", Singularity), ("singularity", Singularity)];

    public static IEnumerable<string> Names => Known.Select(known => known.Name);

    /// <param name="name">The one to use; null for that of the environment, or else the first that is installed and works.</param>
    /// <returns>The engine and its program.</returns>
    /// <exception cref="ToilException">It isn't known, or not installed.</exception>
    public static (IContainerEngine Engine, string Program) Choose(string? name)
    {
        var chosen = name ?? Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(chosen))
        {
            return Known.Where(known => known.Name != DockerDaemon.Client || DockerDaemon.MayAnswer()).Select(known => (known.Engine, Program: Find(known.Name))).FirstOrDefault(found => found.Program is not null) is { Program: { } program } first
                ? (first.Engine, program)
                : throw new ToilException($"No container engine works on this node: {Explain()}. Install or start one, or run the program without a container.");
        }

        var engine = Array.Find(Known, known => known.Name.Equals(chosen, StringComparison.OrdinalIgnoreCase)).Engine
            ?? throw new ToilException($"'{chosen}' isn't a container engine that Toil knows. There are {string.Join(", ", Names)}.");
        return (engine, Find(chosen.ToLowerInvariant()) ?? throw new ToilException($"{chosen} isn't on the PATH of this node. Install it, or choose another container engine ({Variable})."));
    }

    /// <summary>Whether an engine's program is on the search path.</summary>
    public static bool IsInstalled(string name) => Find(name) is not null;

    private static string Explain() => IsInstalled(DockerDaemon.Client)
        ? $"docker is installed, but no daemon answers at {DockerDaemon.Socket}, and none of the others is on the PATH ({string.Join(", ", Names.Skip(1))})"
        : $"none of {string.Join(", ", Names)} is on the PATH";

    private static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
