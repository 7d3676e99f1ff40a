namespace Toil.Integration.Tests.Grid;

/// <summary>A real Grid Engine with one host, in a directory and a network namespace of its own. Without its packages its tests are skipped.</summary>
public sealed class GridEngineCluster : IAsyncLifetime
{
    private const string Script = "gridengine-cluster.sh";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("toil-ge-");
    private bool _runs;

    /// <summary>Where its commands are.</summary>
    internal IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["PATH"] = $"{_directory.FullName}/bin:{Environment.GetEnvironmentVariable("PATH")}",
    };

    public async ValueTask InitializeAsync()
    {
        if (new[] { "ip", "unshare", "sge_qmaster", "sge_execd", "qsub" }.All(ClusterScript.IsInstalled) && Environment.UserName == "root")
        {
            _runs = true;
            await ClusterScript.RunAsync(Script, new Dictionary<string, string>(), "start", _directory.FullName);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_runs)
        {
            await ClusterScript.RunAsync(Script, new Dictionary<string, string>(), "stop", _directory.FullName);
        }

        _directory.Delete(recursive: true);
    }

    /// <summary>To be called first by every test.</summary>
    internal Scratch Begin()
    {
        Assert.SkipUnless(_runs, "Grid Engine isn't installed here (packages gridengine-master, -exec and -client, and iproute2), or this isn't root.");
        return new Scratch();
    }

    /// <summary>What one of its commands prints, whatever its exit code.</summary>
    internal async Task<string> AskAsync(string program, params string[] arguments) =>
        (await ClusterScript.OutputAsync(Path.Combine(_directory.FullName, "bin", program), Variables, arguments)).Output;

    /// <summary>The numbers of the jobs that run.</summary>
    internal async Task<IReadOnlyList<string>> RunningAsync() =>
        [.. (await AskAsync("qstat", "-u", "root", "-s", "r")).Split('\n').Skip(2).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(words => words.Length > 0).Select(words => words[0])];

    /// <summary>What an earlier test has cancelled may take a while to go.</summary>
    internal async Task WaitForNoJobsAsync()
    {
        for (var late = DateTime.UtcNow + Deadline.Usual; _runs && (await AskAsync("qstat", "-u", "*")).Length > 0;)
        {
            Assert.True(DateTime.UtcNow < late, "Waited in vain for the jobs of earlier tests to go.");
        }
    }

    internal async Task<string> WaitForJobAsync()
    {
        IReadOnlyList<string> running = [];
        for (var late = DateTime.UtcNow + Deadline.Usual; running.Count == 0; running = await RunningAsync())
        {
            Assert.True(DateTime.UtcNow < late, "Waited in vain for a job that runs.");
        }

        return running[0];
    }
}
