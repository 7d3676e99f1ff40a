using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Toil.Agents;
using Toil.Cwl.Files;
using Toil.Cwl.Model;

namespace Toil.Cwl.Tools;

/// <summary>Brings the images that tools ask for to this node, each once.</summary>
internal static class ContainerImages
{
    /// <summary>The images that this process has seen on the node.</summary>
    private static readonly ConcurrentDictionary<string, bool> Present = new();

    /// <returns>What to call the image when it is run.</returns>
    /// <exception cref="ToilException">It can't be had.</exception>
    public static async Task<string> EnsureAsync(ToolJob job, ToolContainer container)
    {
        var docker = container.Docker;
        var image = container.IsSingularity ? SingularityImage.PathOf(docker) : docker.ImageId ?? docker.Pull ?? NameOf(docker);
        var key = $"{container.Program} {image}";
        if (Present.ContainsKey(key))
        {
            return image;
        }

        // Other agents of this user may want it at the same moment.
        using var _ = await NodeLock.TakeAsync(key, job.Cancellation).ConfigureAwait(false);
        if (Present.ContainsKey(key))
        {
            return image;
        }

        if (job.Options.ForcePull || !await IsPresentAsync(job, container, image).ConfigureAwait(false))
        {
            await FetchAsync(job, container, image).ConfigureAwait(false);
        }

        Present[key] = true;
        return image;
    }

    private static async Task<bool> IsPresentAsync(ToolJob job, ToolContainer container, string image) => container.IsSingularity
        ? Path.Exists(image)
        : (await RunAsync(job, container.Program, ["image", "inspect", image]).ConfigureAwait(false)).Exit.Succeeded;

    private static Task FetchAsync(ToolJob job, ToolContainer container, string image) => container.IsSingularity
        ? SingularityImage.FetchAsync(job, container, image)
        : FetchDockerAsync(job, container, image);

    private static async Task FetchDockerAsync(ToolJob job, ToolContainer container, string image)
    {
        var docker = container.Docker;
        if (docker.Pull is { } pull)
        {
            await RequireAsync(job, container.Program, ["pull", pull], $"pull the image '{pull}'").ConfigureAwait(false);
            if (image != pull)
            {
                await RequireAsync(job, container.Program, ["tag", pull, image], $"name the image '{pull}' '{image}'").ConfigureAwait(false);
            }
        }
        else if (docker.File is { } recipe)
        {
            var directory = job.Context.Files.CreateTempDirectory("image-");
            await File.WriteAllTextAsync(Path.Combine(directory, "Dockerfile"), recipe, job.Cancellation).ConfigureAwait(false);
            await RequireAsync(job, container.Program, ["build", $"--tag={image}", directory], $"build the image '{image}' from its dockerFile").ConfigureAwait(false);
        }
        else if (docker.Load is { } load)
        {
            await RequireAsync(job, container.Program, ["load", "--input", await FetchAsync(job, load).ConfigureAwait(false)], $"load the image '{image}' from {load}").ConfigureAwait(false);
        }
        else if (docker.Import is { } import)
        {
            await RequireAsync(job, container.Program, ["import", await FetchAsync(job, import).ConfigureAwait(false), image], $"import the image '{image}' from {import}").ConfigureAwait(false);
        }
        else
        {
            throw new ToilException($"{docker.Position}: The image '{image}' isn't on this node, and the document doesn't say where to get it. Add dockerPull, dockerLoad, dockerImport or dockerFile.");
        }
    }

    /// <exception cref="ToilException">The command fails.</exception>
    public static async Task RequireAsync(ToolJob job, string program, IReadOnlyList<string> arguments, string what)
    {
        var (exit, output) = await RunAsync(job, program, arguments).ConfigureAwait(false);
        job.Cancellation.ThrowIfCancellationRequested();
        if (!exit.Succeeded)
        {
            throw new ToilException($"{job.Tool.Position}: Can't {what}: {Path.GetFileName(program)} {exit}. {output}");
        }
    }

    private static async Task<(ChildExit Exit, string Output)> RunAsync(ToolJob job, string program, IReadOnlyList<string> arguments)
    {
        var log = job.Context.Files.CreateTempFile("engine-", ".log");
        var start = new ChildStart(program, arguments) { Environment = Spawner.InheritedEnvironment(), OutputPath = log };
        var exit = await job.Context.RunProcessAsync(start, job.Cancellation).ConfigureAwait(false);
        return (exit, ToolProcess.TailOf(log));
    }

    /// <summary>A URL's or path's file, on this machine.</summary>
    private static async Task<string> FetchAsync(ToolJob job, string source)
    {
        if (LocalFiles.TryGetPath(source) is { } path)
        {
            return path;
        }

        var file = await job.Context.Files.ImportAsync(source, job.Cancellation).ConfigureAwait(false);
        return await job.Context.Files.ReadAsync(file, cancellation: job.Cancellation).ConfigureAwait(false);
    }

    /// <summary>For an image that the document gives no name to: one that follows from where it comes from.</summary>
    private static string NameOf(DockerRequirement docker)
    {
        var source = docker.File ?? docker.Load ?? docker.Import
            ?? throw new ToilException($"{docker.Position}: The DockerRequirement names no image. Add dockerPull, or another of its fields.");
        return string.Create(CultureInfo.InvariantCulture, $"toil-cwl:{FileChecksum.Of(Encoding.UTF8.GetBytes(source))["sha1$".Length..]}");
    }
}
