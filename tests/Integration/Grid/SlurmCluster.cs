using System.Net;
using System.Net.Sockets;

namespace Toil.Integration.Tests.Grid;

/// <summary>A real Slurm with two nodes, in a directory of its own. Without Slurm's packages its tests are skipped.</summary>
public sealed class SlurmCluster : IAsyncLifetime
{
    private const string Script = "slurm-cluster.sh";
    private const int Ports = 10;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("toil-slurm-");
    private bool _runs;

    internal IReadOnlyDictionary<string, string> Variables { get; private set; } = new Dictionary<string, string>();

    public async ValueTask InitializeAsync()
    {
        if (!new[] { "munged", "slurmctld", "slurmd", "sbatch" }.All(ClusterScript.IsInstalled) || Environment.UserName != "root")
        {
            return;
        }

        Variables = new Dictionary<string, string>
        {
            ["SLURM_CONF"] = Path.Combine(_directory.FullName, "slurm.conf"),
            ["PORT"] = $"{FreePorts()}",
        };
        _runs = true;
        await ClusterScript.RunAsync(Script, Variables, "start", _directory.FullName);
    }

    public async ValueTask DisposeAsync()
    {
        if (_runs)
        {
            await ClusterScript.RunAsync(Script, Variables, "stop", _directory.FullName);
        }

        _directory.Delete(recursive: true);
    }

    /// <summary>To be called first by every test: what another has left, if it failed, takes no place any more.</summary>
    internal async Task<Scratch> BeginAsync()
    {
        Assert.SkipUnless(_runs, "Slurm isn't installed here (packages slurm-wlm and munge), or this isn't root.");
        await AskAsync("scancel", "--user=root");
        return new Scratch();
    }

    /// <summary>Does something to the daemons: <c>controller restart</c>, <c>node n1 kill</c>.</summary>
    internal Task DoAsync(string what, params string[] arguments) => ClusterScript.RunAsync(Script, Variables, [what, _directory.FullName, .. arguments]);

    /// <summary>Starts a node again where other mounts are seen.</summary>
    internal async Task MoveAsync(Scratch scratch, string node, MountNamespace mounts)
    {
        await DoAsync("node", node, "stop");
        using var start = mounts.Start(scratch, "bash", [ClusterScript.PathOf(Script), "node", _directory.FullName, node, "start"], Variables.ToDictionary(one => one.Key, one => (string?)one.Value));
        (await start.WaitAsync()).ExpectOutput();
    }

    /// <summary>What one of Slurm's commands prints.</summary>
    internal async Task<string> AskAsync(string program, params string[] arguments) =>
        (await ClusterScript.OutputAsync(program, Variables, arguments)).ExpectOutput();

    /// <summary>What squeue knows of a workflow's jobs, ended ones too.</summary>
    internal async Task<IReadOnlyList<SlurmJob>> JobsAsync(Scratch scratch)
    {
        // Before it is whole, a store can't be opened.
        if (!await StoreView.HoldsWorkflowAsync(scratch))
        {
            return [];
        }

        await using var store = await StoreView.OpenAsync(scratch);
        var prefix = $"toil-{store.WorkflowId:N}-";
        var lines = (await AskAsync("squeue", "--noheader", "--array", "--states=all", "--format=%i|%T|%j|%P|%C|%m")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(line => line.Split('|')).Where(fields => fields[2].StartsWith(prefix, StringComparison.Ordinal))
            .Select(fields => new SlurmJob(fields[0], fields[1], fields[3], fields[4], fields[5]))];
    }

    /// <summary>Waits for jobs in a state, besides one that is known.</summary>
    internal async Task<IReadOnlyList<SlurmJob>> WaitForAsync(Scratch scratch, string state, int count = 1, string known = "")
    {
        IReadOnlyList<SlurmJob> found = [];
        var late = DateTime.UtcNow + Deadline.Usual;
        while (found.Count < count)
        {
            Assert.True(DateTime.UtcNow < late, $"Waited in vain for {count} jobs that are {state}.");
            found = [.. (await JobsAsync(scratch)).Where(job => job.State == state && job.Id != known)];
        }

        return found;
    }

    /// <summary>Nodes and the controller want known ports: below those that the system gives to connections meanwhile.</summary>
    private static int FreePorts()
    {
        const int lowest = 15_000;
        const int highest = 32_000;
        while (true)
        {
            var first = Random.Shared.Next(lowest, highest - Ports);
            if (Enumerable.Range(first, Ports).All(IsFree))
            {
                return first;
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

/// <summary>A job as squeue shows it.</summary>
internal sealed record SlurmJob(string Id, string State, string Partition, string Cores, string Memory);
