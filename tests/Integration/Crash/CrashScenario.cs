using Toil.Agents;
using Toil.JobStores;

namespace Toil.Integration.Tests.Crash;

/// <summary>Runs one workflow through kill after kill until it is complete, and looks after each that nothing is lost, repeated or left.</summary>
internal sealed class CrashScenario(Scratch scratch, int seed)
{
    /// <summary>At once, but for other work on the machine.</summary>
    private static readonly TimeSpan EndOfOrphans = TimeSpan.FromSeconds(10);

    private readonly Random _random = new(seed);
    private readonly List<(int Lines, HashSet<long> Committed)> _deaths = [];
    private Guid _workflow;
    private bool _janitorIsDead;

    private enum Victim
    {
        Leader,
        Worker,
        Both,
        Janitor,
    }

    /// <summary>After so many kills the workflow is left to end in peace.</summary>
    public int MostKills { get; init; } = 6;

    /// <summary>Runs of jobs between two kills, at most.</summary>
    public int MostRunsBetween { get; init; } = 10;

    /// <summary>How many processes were killed.</summary>
    public int Kills { get; private set; }

    /// <returns>What the workflow printed at its end.</returns>
    public async Task<string> RunAsync(Func<bool, WorkflowProcess> start)
    {
        while (true)
        {
            _janitorIsDead = false;
            using var process = start(_deaths.Count > 0);
            if (!await KillSometimeAsync(process))
            {
                var output = (await process.WaitAsync()).ExpectOutput();
                await CheckEndAsync();
                return output;
            }
        }
    }

    /// <summary>Kills workers, and in the end perhaps the leader.</summary>
    /// <returns>False when the workflow goes on to its end.</returns>
    private async Task<bool> KillSometimeAsync(WorkflowProcess process)
    {
        while (Kills < MostKills)
        {
            var target = scratch.Runs.Count + _random.Next(1, MostRunsBetween + 1);
            await Deadline.UntilAsync(() => process.HasExited || scratch.Runs.Count >= target, $"{target} runs of jobs\n{process.Error}");
            if (process.HasExited)
            {
                return false;
            }

            _workflow = (await StoreView.StatusAsync(scratch)).Id;
            if (await KillAsync(process, (Victim)_random.Next(4)))
            {
                return true;
            }
        }

        return false;
    }

    /// <returns>Whether the leader is dead.</returns>
    private async Task<bool> KillAsync(WorkflowProcess process, Victim victim)
    {
        // Somewhere within a job, not always at its first step.
        Thread.SpinWait(_random.Next(2_000_000));
        if (victim == Victim.Janitor)
        {
            KillJanitor(process);
            return false;
        }

        if (victim != Victim.Leader && WorkflowProcesses.Of(_workflow) is { Count: > 0 } workers)
        {
            Kill(workers[_random.Next(workers.Count)]);
        }

        if (victim == Victim.Worker)
        {
            return false;
        }

        await process.KillAsync();
        Kills++;
        if (!_janitorIsDead)
        {
            await WorkflowProcesses.WaitUntilGoneAsync(_workflow, EndOfOrphans);
        }

        _deaths.Add((scratch.Runs.Count, [.. (await StoreView.CommitsAsync(scratch)).Select(commit => commit.Job)]));
        return true;
    }

    /// <summary>What the leader then leaves when it is killed, the next one ends.</summary>
    private void KillJanitor(WorkflowProcess leader)
    {
        if (WorkflowProcesses.JanitorOf(leader.Id) is { } janitor)
        {
            Kill(janitor);
            _janitorIsDead = true;
        }
    }

    private void Kill(int process) => Kills += Libc.Kill(process, Libc.SigKill) == 0 ? 1 : 0;

    private async Task CheckEndAsync()
    {
        var runs = scratch.Runs.Read();
        var commits = await StoreView.CommitsAsync(scratch);
        Assert.Equal(commits.Count, commits.Select(commit => commit.Job).Distinct().Count());

        // Inline jobs write no lines.
        var written = runs.Select(run => run.Job).ToHashSet();
        Assert.Subset(
            runs.Select(run => new AttemptId(run.Job, run.Epoch, run.Number)).ToHashSet(),
            commits.Where(commit => written.Contains(commit.Job)).ToHashSet());
        foreach (var (lines, committed) in _deaths)
        {
            Assert.DoesNotContain(runs.Skip(lines), run => committed.Contains(run.Job));
        }

        var status = await StoreView.StatusAsync(scratch);
        Assert.True(status.IsComplete);
        Assert.Equal(status.Total, commits.Count);
        CheckLeftovers(commits);
        await StoreView.CheckAsync(scratch);
    }

    private void CheckLeftovers(IReadOnlyList<AttemptId> commits)
    {
        Assert.DoesNotContain(
            StoreView.GlobalFiles(scratch), file => AttemptId.WriterOf(JobStoreLayout.Files + file) is { } writer ? !commits.Contains(writer) : !file.StartsWith("import/", StringComparison.Ordinal));
        Assert.Empty(scratch.Leftovers());
        Assert.Empty(WorkflowProcesses.Of(_workflow));
    }
}
