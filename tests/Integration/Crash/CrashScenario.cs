using Toil.Agents;

namespace Toil.Integration.Tests.Crash;

/// <summary>Runs one workflow through kill after kill until it is complete, and looks after each that nothing is lost, repeated or left.</summary>
internal sealed class CrashScenario(Scratch scratch, int seed)
{
    /// <summary>After so many kills the workflow is left to end in peace.</summary>
    private const int MostKills = 6;

    /// <summary>Runs of jobs between two kills, at most.</summary>
    private const int MostRunsBetween = 10;

    private static readonly TimeSpan EndOfOrphans = TimeSpan.FromSeconds(2);

    private readonly Random _random = new(seed);
    private readonly List<(int Lines, HashSet<long> Committed)> _deaths = [];
    private int _kills;
    private Guid _workflow;

    private enum Victim
    {
        Leader,
        Worker,
        Both,
    }

    /// <returns>What the workflow printed at its end.</returns>
    public async Task<string> RunAsync(Func<bool, WorkflowProcess> start)
    {
        while (true)
        {
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
        while (_kills < MostKills)
        {
            var target = scratch.Runs.Count + _random.Next(1, MostRunsBetween + 1);
            await Deadline.UntilAsync(() => process.HasExited || scratch.Runs.Count >= target, $"{target} runs of jobs\n{process.Error}");
            if (process.HasExited)
            {
                return false;
            }

            _kills++;
            _workflow = (await StoreView.StatusAsync(scratch)).Id;
            if (await KillAsync(process, (Victim)_random.Next(3)))
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
        if (victim != Victim.Leader && WorkflowProcesses.Of(_workflow) is { Count: > 0 } workers)
        {
            _ = Libc.Kill(workers[_random.Next(workers.Count)], Libc.SigKill);
        }

        if (victim == Victim.Worker)
        {
            return false;
        }

        await process.KillAsync();
        await WorkflowProcesses.WaitUntilGoneAsync(_workflow, EndOfOrphans);
        _deaths.Add((scratch.Runs.Count, [.. (await StoreView.CommitsAsync(scratch)).Select(commit => commit.Job)]));
        return true;
    }

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
    }

    private void CheckLeftovers(IReadOnlyList<AttemptId> commits)
    {
        var folders = commits.Select(commit => commit.Folder + "/").ToList();
        Assert.DoesNotContain(
            StoreView.GlobalFiles(scratch), file => !file.StartsWith("import/", StringComparison.Ordinal) && !folders.Exists(folder => file.StartsWith(folder, StringComparison.Ordinal)));
        Assert.Empty(scratch.Leftovers());
        Assert.Empty(WorkflowProcesses.Of(_workflow));
    }
}
