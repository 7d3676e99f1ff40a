// A batch system that runs every job as a process of this machine, which outlives the leader.
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Toil;
using Toil.BatchSystems;

namespace Sample;

public sealed class ProcessesProvider : IBatchSystemProvider
{
    public string Name => "processes";

    public IExternalBatchSystem Open(BatchSystemSettings settings) =>
        new Processes(Path.Combine(settings.Options.WorkDir, $"processes-{settings.Workflow:N}"));
}

/// <summary>A job's id is its name. What is known of it stands in files: NAME.pid once it runs, NAME.exit once it has ended.</summary>
public sealed class Processes(string directory) : IExternalBatchSystem
{
    private const string Wrapper = """exec > "$0.out" 2>&1 < /dev/null; echo $$ > "$0.pid.new" && mv "$0.pid.new" "$0.pid"; "$@"; echo $? > "$0.exit.new"; mv "$0.exit.new" "$0.exit" """;

    private readonly HashSet<string> _watched = [];
    private readonly SortedSet<string> _told = [];
    private int _submitted;

    // All is on one machine: what a worker has written can be seen when it has ended.
    public TimeSpan VisibilityGrace => TimeSpan.Zero;

    public Task<IReadOnlyList<string>> SubmitAsync(IReadOnlyList<BatchJob> jobs, CancellationToken cancellation)
    {
        Directory.CreateDirectory(directory);
        foreach (var job in jobs)
        {
            if (job.Requirements.Cores > 64)
            {
                throw new BatchJobRejectedException(job.Name, $"no machine has {job.Requirements.Cores} cores.");
            }

            using var process = Process.Start("setsid", ["-f", "sh", "-c", Wrapper, PathOf(job.Name), .. job.Command]);
            process.WaitForExit();
            Watch(job.Name);
            _submitted++;
            Fault(job.Name);
        }

        return Task.FromResult<IReadOnlyList<string>>([.. jobs.Select(job => job.Name)]);
    }

    public Task<IReadOnlyList<BatchJobStatus>> ListAsync(string namePrefix, CancellationToken cancellation)
    {
        var names = Directory.Exists(directory) ? Directory.EnumerateFiles(directory, $"{namePrefix}*.pid").Select(path => Path.GetFileNameWithoutExtension(path)!).ToList() : [];
        names.ForEach(Watch);
        return Task.FromResult<IReadOnlyList<BatchJobStatus>>([.. names.Select(name => EndOf(name) is { } end
            ? new BatchJobStatus(name, name, BatchJobState.Ended) { End = end }
            : new BatchJobStatus(name, name, BatchJobState.Running) { Since = File.GetLastWriteTimeUtc(PathOf(name) + ".pid"), Node = Environment.MachineName })]);
    }

    public Task KillAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        foreach (var id in ids)
        {
            File.WriteAllText(PathOf(id) + ".killed", "");
            Signal("-TERM", id);
        }

        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<BatchJobEnd> WatchAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            List<string> watched;
            lock (_watched)
            {
                watched = [.. _watched];
            }

            foreach (var end in watched.Select(EndOf).OfType<BatchJobEnd>())
            {
                lock (_watched)
                {
                    _watched.Remove(end.Id);
                }

                yield return end;
            }

            // The jobs may be another leader's children, whose end no event tells of: a scheduler has to be asked, and so have files.
            await Task.Delay(20, cancellation);
        }
    }

    public ValueTask DisposeAsync() => default;

    private string PathOf(string name) => Path.Combine(directory, name);

    private void Watch(string name)
    {
        lock (_watched)
        {
            if (_told.Add(name))
            {
                _watched.Add(name);
            }
        }
    }

    private BatchJobEnd? EndOf(string name)
    {
        var (pid, exit) = (PathOf(name) + ".pid", PathOf(name) + ".exit");
        if (File.Exists(exit))
        {
            var reason = File.Exists(PathOf(name) + ".killed") ? BatchJobEndReason.Killed : BatchJobEndReason.Exited;
            return new BatchJobEnd(name, reason, int.Parse(File.ReadAllText(exit), CultureInfo.InvariantCulture));
        }

        if (!File.Exists(pid) || Directory.Exists($"/proc/{File.ReadAllText(pid).Trim()}") || File.Exists(exit))
        {
            return null;
        }

        var cause = PathOf(name) + ".cause";
        return new BatchJobEnd(name, File.Exists(cause) ? Enum.Parse<BatchJobEndReason>(File.ReadAllText(cause)) : BatchJobEndReason.NodeLost);
    }

    private void Signal(string signal, string id)
    {
        var pid = PathOf(id) + ".pid";
        for (var tries = 0; !File.Exists(pid) && tries < 100; tries++)
        {
            // A job that was submitted a moment ago writes its process id when it begins.
            Thread.Sleep(20);
        }

        using var kill = Process.Start("kill", [signal, "--", $"-{File.ReadAllText(pid).Trim()}"]);
        kill.WaitForExit();
    }

    // SAMPLE_FAULTS says which submissions end badly, and why: "3=NodeLost,5=OutOfMemory".
    private void Fault(string name)
    {
        foreach (var fault in (Environment.GetEnvironmentVariable("SAMPLE_FAULTS") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = fault.Split('=');
            if (int.Parse(parts[0], CultureInfo.InvariantCulture) == _submitted)
            {
                File.WriteAllText(PathOf(name) + ".cause", parts[1]);
                Signal("-KILL", name);
            }
        }
    }
}
