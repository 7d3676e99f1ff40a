using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Toil.Tests.Containers;

/// <summary>A container engine of the tests' own with images of its own, which ends with this process at the latest. See container-host.sh.</summary>
internal sealed class ContainerHost : IAsyncDisposable
{
    public const string Docker = "docker";
    public const string Podman = "podman";

    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("toil-containers-");
    private readonly Process? _process;

    private ContainerHost(string engine, string? problem, params IEnumerable<string> images)
    {
        (Engine, Problem) = (engine, problem);
        if (problem is null)
        {
            _process = Process.Start(new ProcessStartInfo("bash", [Script(), engine, _directory.FullName, .. images])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
    }

    public string Engine { get; }

    /// <summary>Why there is none here, or null when there is one.</summary>
    public string? Problem { get; private set; }

    /// <summary>The variables with which programs find it: and no other engine that the machine may have, whose images would come from a network.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["TOIL_CONTAINER_ENGINE"] = Problem is null ? Engine : "none",
        ["DOCKER_HOST"] = $"unix://{_directory.FullName}/docker.sock",
        ["PATH"] = $"{_directory.FullName}/bin:{System.Environment.GetEnvironmentVariable("PATH")}",
    };

    /// <param name="engine"><see cref="Docker"/> or <see cref="Podman"/>.</param>
    /// <param name="images">What its images are called.</param>
    public static async Task<ContainerHost> StartAsync(string engine, params IEnumerable<string> images)
    {
        var host = new ContainerHost(engine, Missing(engine), images);
        if (host._process is { } process)
        {
            var errors = process.StandardError.ReadToEndAsync();
            if (await process.StandardOutput.ReadLineAsync() != "ready")
            {
                // A sandbox may allow no namespaces, or no mounts in them.
                host.Problem = $"{engine} can't be started here: {(await errors).Trim()}";
            }
        }

        return host;
    }

    /// <summary>What a command of the engine prints.</summary>
    public async Task<string> AskAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Engine == Podman ? $"{_directory.FullName}/bin/podman" : Engine, arguments) { RedirectStandardOutput = true };
        start.Environment["DOCKER_HOST"] = Environment["DOCKER_HOST"];
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return output.TrimEnd();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.StandardInput.Close();
            try
            {
                await _process.WaitForExitAsync().WaitAsync(LongestEnd);
            }
            catch (TimeoutException)
            {
                // Its namespaces end with it.
                _process.Kill();
                await _process.WaitForExitAsync();
            }

            _process.Dispose();
        }

        if (_directory.Exists)
        {
            _directory.Delete(recursive: true);
        }
    }

    private static string? Missing(string engine)
    {
        if (System.Environment.UserName != "root")
        {
            return $"{engine} can't be started here: this isn't root";
        }

        var places = $"{System.Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin".Split(':');
        string[] wanted = [engine == Docker ? "dockerd" : engine, engine, "runc", "ip", "unshare", "/usr/bin/python3"];
        return wanted.FirstOrDefault(program => !places.Any(place => File.Exists(Path.Combine(place, program)))) is { } missing
            ? $"{engine} can't be started here: {Path.GetFileName(missing)} isn't installed"
            : null;
    }

    private static string Script([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "container-host.sh");
}
