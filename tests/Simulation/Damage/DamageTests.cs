using Toil.Journaling;
using Toil.Leader;
using Toil.Simulation.Model;
using Toil.Simulation.World;
using Xunit;

namespace Toil.Simulation.Damage;

/// <summary>
/// Every file of a small journal is cut at every byte, and has a bit flipped in every byte: whoever resumes it comes
/// to the right result or is told which file is broken where, and never comes to a wrong result.
/// </summary>
public sealed class DamageTests(ITestOutputHelper output)
{
    private const int Jobs = 9;

    /// <summary>A seed whose workflow runs on one machine, succeeds, has services, and has a value made of many parts.</summary>
    private static readonly int Seed = Enumerable.Range(1, 1000).First(seed =>
    {
        var world = new SimulatedWorld(seed, Jobs, PlantedBug.None);
        var run = SequentialRun.Of(world.Scripts, 0, _ => 0);
        return world.Cluster is null && run is { IsComplete: true, FinalValue.Size: > 15 } && run.FinalValue.All<ModelValue.StoredFile>().Any() && run.Jobs.Any(job => job.HasServices);
    });

    public enum Store
    {
        /// <summary>Two leaders and a snapshot; closed in order at the end.</summary>
        Finished,

        /// <summary>The second leader was killed after its snapshot.</summary>
        Killed,

        /// <summary>The second leader was stopped after its snapshot, and closed the journal.</summary>
        Stopped,

        /// <summary>The second leader was killed, and there is no snapshot.</summary>
        WithoutSnapshot,
    }

    [Theory]
    [InlineData(Store.Finished)]
    [InlineData(Store.Killed)]
    [InlineData(Store.Stopped)]
    [InlineData(Store.WithoutSnapshot)]
    public void Resume_AnyFileCutOrFlippedAtAnyByte_IsRightOrToldWhatIsBroken(Store kind)
    {
        var disk = Write(kind);
        var expected = Resume(disk.Copy());
        var (damaged, right) = (0, 0);
        foreach (var (name, length) in disk.Names.Select(name => (name, disk.Find(name)!.Length)).ToList())
        {
            var next = -1;
            new Campaign().Run(_ => next < length - 1, () =>
            {
                var at = Interlocked.Increment(ref next);
                foreach (var damage in at < length ? new Action<DiskFile>[] { file => file.Cut(at), file => file.Flip(at, at % 8) } : [])
                {
                    var copy = disk.Copy();
                    damage(copy.Find(name)!);
                    _ = Judge(copy, expected, $"{name} at byte {at}") ? Interlocked.Increment(ref right) : Interlocked.Increment(ref damaged);
                }
            });
        }

        output.WriteLine($"{kind}: {damaged} were told what is broken, {right} resumed.");
        Assert.True(damaged > 0);
    }

    /// <returns>Whether the workflow was resumed.</returns>
    private static bool Judge(SimulatedDisk disk, string expected, string where)
    {
        try
        {
            var actual = Resume(disk);
            Invariant.Holds(actual == expected, $"Damage in {where} leads to {actual} instead of {expected}.");
            return true;
        }
        catch (JournalDamagedException told)
        {
            Invariant.Holds(disk.Names.Any(name => told.File.EndsWith(name, StringComparison.Ordinal)), $"Damage in {where} is told as {told.Message}.");
            return false;
        }
    }

    private static string Resume(SimulatedDisk disk)
    {
        using var leader = new PlainLeader(NewWorld(disk));
        leader.Run();
        Invariant.Holds(leader.End == WorkflowEnd.Succeeded, $"The workflow ended as {leader.End}.");
        return leader.Value();
    }

    private static SimulatedDisk Write(Store kind)
    {
        var world = NewWorld(new SimulatedDisk());
        using (var first = new PlainLeader(world))
        {
            first.Run(Jobs / 3);
        }

        using var second = new PlainLeader(world);
        second.Run(Jobs / 3);
        if (kind != Store.WithoutSnapshot)
        {
            second.TakeSnapshot();
        }

        second.Run(kind == Store.Finished ? int.MaxValue : 1);
        Assert.Equal(kind == Store.Finished ? WorkflowEnd.Succeeded : null, second.End);
        if (kind is Store.Finished or Store.Stopped)
        {
            second.Close();
        }

        return world.Disk;
    }

    private static SimulatedWorld NewWorld(SimulatedDisk disk)
    {
        var world = new SimulatedWorld(Seed, Jobs, PlantedBug.None) { Disk = disk };
        world.Worker.IsCalm = true;
        return world;
    }
}
