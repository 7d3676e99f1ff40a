using System.Globalization;
using System.Runtime.CompilerServices;
using Toil.Containers;
using Toil.Cwl.Model;

namespace Toil.Cwl.Tools;

/// <summary>The container that a tool is to run in.</summary>
/// <param name="Engine">How the engine is told.</param>
/// <param name="Program">The engine's program.</param>
/// <param name="Docker">What image is wanted.</param>
internal sealed record ToolContainer(IContainerEngine Engine, string Program, DockerRequirement Docker)
{
    /// <summary>What was decided where a tool is used: it holds for all of its runs in this process, and is told once.</summary>
    private static readonly ConditionalWeakTable<RequirementSet, Tuple<ToolOptions, ToolContainer?>> Decided = [];

    public bool IsSingularity => Engine is SingularityEngine;

    public bool IsPodman => Path.GetFileName(Program) == "podman";

    /// <summary>Decides whether a tool runs in a container.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="requirements">What holds for it.</param>
    /// <param name="options">What the user wants.</param>
    /// <param name="warn">Hears why a wish isn't met.</param>
    /// <returns>Null when it runs on the host.</returns>
    /// <exception cref="UnsupportedRequirementException">It requires a container, and there is no engine.</exception>
    public static ToolContainer? Choose(CommandLineTool tool, RequirementSet requirements, ToolOptions options, Action<string> warn)
    {
        if (!Decided.TryGetValue(requirements, out var decided) || decided.Item1 != options)
        {
            Decided.AddOrUpdate(requirements, decided = Tuple.Create(options, Decide(tool, requirements, options, warn)));
        }

        return decided.Item2;
    }

    private static ToolContainer? Decide(CommandLineTool tool, RequirementSet requirements, ToolOptions options, Action<string> warn)
    {
        var wanted = requirements.Get<DockerRequirement>()
            ?? (options.DefaultContainer is { } image ? new DockerRequirement { Pull = image, Position = tool.Position } : null);
        if (wanted is null)
        {
            return null;
        }

        var isRequired = requirements.Demands<DockerRequirement>();
        if (options.Container == ContainerChoice.None)
        {
            return !isRequired ? null : throw new UnsupportedRequirementException(
                wanted.Position, "The tool requires a container (DockerRequirement), but --no-container was given. Leave that out, or move DockerRequirement to the hints if the tool runs on the host too.");
        }

        try
        {
            var (engine, program) = ContainerEngines.Choose(NameOf(options.Container));
            return new ToolContainer(engine, program, wanted);
        }
        catch (ToilException error) when (isRequired)
        {
            throw new UnsupportedRequirementException(
                wanted.Position, $"The tool requires a container (DockerRequirement). {error.Message} If the tool runs on the host too, move DockerRequirement to the hints and use --no-container.");
        }
        catch (ToilException error)
        {
            warn($"{wanted.Position}: The tool runs without the container that it wishes for. {error.Message}");
            return null;
        }
    }

    /// <summary>The command that runs the tool's words in the container.</summary>
    /// <param name="job">The job.</param>
    /// <param name="image">The image, which is on this node.</param>
    /// <param name="name">The container's name.</param>
    /// <param name="command">The program in the image and its arguments.</param>
    public List<string> CommandOf(ToolJob job, string image, string name, List<string> command)
    {
        var directories = job.Directories;
        var request = new ContainerRequest(image, IsSingularity ? command[1..] : command)
        {
            Mounts =
            [
                .. IsSingularity ? Array.Empty<ContainerMount>() : [new ContainerMount(directories.HostOutput, directories.Output)],
                new ContainerMount(directories.HostTemporary, directories.Temporary),
                .. Directory.Exists(directories.HostInputs) ? [new ContainerMount(directories.HostInputs, directories.Inputs, IsReadOnly: true)] : Array.Empty<ContainerMount>(),
                .. directories.Others.Select(other => new ContainerMount(other.Host, other.Seen)),
                .. directories.Shared.Select(shared => new ContainerMount(shared.Source, shared.Seen)),
            ],
            Environment = ToolEnvironment.InContainer(job),
            Entrypoint = IsSingularity ? command[0] : null,
            User = job.Options.MatchUser && !IsSingularity ? string.Create(CultureInfo.InvariantCulture, $"{Ids.User()}:{Ids.Group()}") : null,
            WorkingDirectory = directories.Output,
            Cores = job.Options.StrictCpuLimit ? job.Resources.Cores : null,
            Memory = job.Options.StrictMemoryLimit ? (ByteSize)(long)(job.Resources.Ram * (1 << 20)) : (ByteSize?)null,
            EngineArguments = [.. EngineArguments(job)],
        };
        return [Program, .. Engine.Run(name, request)];
    }

    private IEnumerable<string> EngineArguments(ToolJob job)
    {
        var hasNetwork = job.HasNetwork;
        if (IsSingularity)
        {
            // It makes its own HOME otherwise.
            return ["--home", $"{job.Directories.HostOutput}:{job.Directories.Output}", .. hasNetwork ? Array.Empty<string>() : ["--net", "--network", "none"]];
        }

        return
        [
            "--interactive", "--read-only=true",
            .. hasNetwork ? Array.Empty<string>() : ["--network=none"],
            .. IsPodman && job.Options.MatchUser && Ids.User() != 0 ? ["--userns=keep-id"] : Array.Empty<string>(),
            .. IsPodman ? Array.Empty<string>() : ["--log-driver=none"],
        ];
    }

    private static string? NameOf(ContainerChoice choice) => choice switch
    {
        ContainerChoice.Docker => "docker",
        ContainerChoice.Podman => "podman",
        ContainerChoice.Singularity => ContainerEngines.IsInstalled("apptainer") ? "apptainer" : "singularity",
        _ => null,
    };
}
