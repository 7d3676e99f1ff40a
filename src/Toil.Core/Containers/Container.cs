using System.Diagnostics;
using System.Globalization;
using Toil.Agents;
using Toil.Containers;

namespace Toil;

/// <summary>Runs programs in containers: docker, podman, apptainer or singularity, whichever the node has.</summary>
public static class Container
{
    private const int TailLines = 20;

    /// <summary>
    /// Runs a container to its end. It is removed however the job ends, also when the job, its worker or the agent is killed.
    /// Its error output goes to the job's log; its output too, unless somebody listens.
    /// </summary>
    /// <param name="job">The running job.</param>
    /// <param name="request">What to run.</param>
    /// <param name="engine">docker, podman, apptainer or singularity; null for that of <c>TOIL_CONTAINER_ENGINE</c>, or else the first that is installed.</param>
    /// <param name="onOutput">Hears each line of its output.</param>
    /// <exception cref="ContainerFailedException">It ended with another exit code than 0.</exception>
    /// <exception cref="ToilException">There is no such engine, or it can't do what is asked.</exception>
    public static Task RunAsync(JobContext job, ContainerRequest request, string? engine = null, Action<string>? onOutput = null)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(request);
        return RunAsync(job, request, engine, onOutput ?? Console.Out.WriteLine, (program, arguments) => job.Defer(Remove, program, arguments), job.Cancellation);
    }

    /// <summary>The same, where <paramref name="defer"/> has a program run with arguments when the attempt has ended.</summary>
    internal static async Task RunAsync(
        JobContext job, ContainerRequest request, string? engine, Action<string> onOutput, Action<string, string[]> defer, CancellationToken cancellation)
    {
        var (kind, program) = ContainerEngines.Choose(engine);
        var name = $"toil-{Guid.NewGuid():N}";
        var filled = Fill(job, request, kind);
        var start = new ProcessStartInfo(program, kind.Run(name, filled)) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        var removal = kind.Remove(name);
        if (removal is not null)
        {
            defer(program, [.. removal]);
        }

        var kills = OutOfMemoryKills.OfNode();
        var tail = new Queue<string>();
        var exitCode = await RunAsync(start, onOutput, line => Keep(tail, line), cancellation).ConfigureAwait(false);
        if (exitCode != 0)
        {
            throw new ContainerFailedException(request.Image, exitCode, string.Join('\n', tail), kills.Explains(exitCode));
        }
    }

    /// <summary>Removes a container; one that has gone by itself is no failure.</summary>
    internal static void Remove(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        output.Wait();
        if (process.ExitCode != 0 && !error.Contains("no such container", StringComparison.OrdinalIgnoreCase) && !error.Contains("no container with", StringComparison.OrdinalIgnoreCase))
        {
            throw new ToilException($"{program} {string.Join(' ', arguments)} failed: {error.Trim()}");
        }
    }

    private static ContainerRequest Fill(JobContext job, ContainerRequest request, IContainerEngine engine)
    {
        var own = job.TempDirectory;
        var needsUser = engine is DockerEngine && request.User is null && !OperatingSystem.IsWindows();
        return request with
        {
            Mounts = request.Mounts.Any(mount => mount.Target == own) ? request.Mounts : [.. request.Mounts, new ContainerMount(own, own)],
            WorkingDirectory = request.WorkingDirectory ?? own,
            User = needsUser ? UserOfThisProcess() : request.User,
            Cores = request.Cores ?? job.Requirements.Cores,
            Memory = request.Memory ?? job.Requirements.Memory,
        };
    }

    private static string UserOfThisProcess() => string.Create(CultureInfo.InvariantCulture, $"{Ids.User()}:{Ids.Group()}");

    private static void Keep(Queue<string> tail, string line)
    {
        Console.Error.WriteLine(line);
        tail.Enqueue(line);
        if (tail.Count > TailLines)
        {
            tail.Dequeue();
        }
    }

    private static async Task<int> RunAsync(ProcessStartInfo start, Action<string> onOutput, Action<string> onError, CancellationToken cancellation)
    {
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        try
        {
            await Task.WhenAll(PumpAsync(process.StandardOutput, onOutput, cancellation), PumpAsync(process.StandardError, onError, cancellation)).ConfigureAwait(false);
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            return process.ExitCode;
        }
        catch
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }

            throw;
        }
    }

    private static async Task PumpAsync(StreamReader reader, Action<string> take, CancellationToken cancellation)
    {
        while (await reader.ReadLineAsync(cancellation).ConfigureAwait(false) is { } line)
        {
            take(line);
        }
    }
}
