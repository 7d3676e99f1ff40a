using Toil.Leader;
using Toil.Simulation.Model;

namespace Toil.Simulation.World;

/// <summary>Compares the reactor's state with the reference, and with reactors that came to it by other ways.</summary>
/// <param name="world">The world.</param>
/// <param name="payloads">Reads what is in the journal.</param>
/// <param name="reactor">The leader's reactor.</param>
/// <param name="replayed">One that has seen the same records, all from the first on.</param>
internal sealed class StateWatcher(SimulatedWorld world, IPayloads payloads, Reactor reactor, Reactor replayed)
{
    public void Check()
    {
        CheckCounts();
        CheckRowsAndLinks();
    }

    /// <summary>A reactor that was rebuilt must be in the same state: record by record, but for the epoch, which leaders set themselves.</summary>
    public void CheckSame(Reactor rebuilt, string how)
    {
        var expected = Resumed(reactor);
        var actual = Resumed(rebuilt);
        for (var i = 0; i < Math.Max(expected.Count, actual.Count); i++)
        {
            Invariant.Holds(i < expected.Count && i < actual.Count && expected[i].AsSpan().SequenceEqual(actual[i]), $"The state {how} differs at row {i}: {Hex(actual, i)} instead of {Hex(expected, i)}.");
        }

        Invariant.Holds(rebuilt.Counts.Done == reactor.Counts.Done && rebuilt.Counts.Total == reactor.Counts.Total, $"The counts {how} differ.");
    }

    /// <summary>What the next leader would make of it: what only this one knows is left out.</summary>
    private List<byte[]> Resumed(Reactor of)
    {
        var next = new Reactor(world.Options, payloads);
        foreach (var record in of.Snapshot())
        {
            next.Apply(record.Span, default);
        }

        next.Apply(Reactor.ResumedRecord(0), default);
        return [.. next.Snapshot().Select(record => record.ToArray())];
    }

    private static string Hex(List<byte[]> records, int index) => index < records.Count ? Convert.ToHexString(records[index]) : "nothing";

    private void CheckCounts()
    {
        var states = reactor.States().Where(entry => entry.Job != Reactor.WorkflowJob).Select(entry => entry.State).ToList();
        var counts = reactor.Counts;
        var jobs = world.Model.Jobs.Skip(1).ToList();
        Expect(counts.Ready, states.Count(state => state == JobState.Ready), "ready");
        Expect(counts.Running, states.Count(state => state is JobState.Running or JobState.Committing or JobState.Up), "running");
        Expect(counts.Failed, states.Count(state => state == JobState.Failed), "failed");
        Expect(counts.Failed, jobs.Count(job => job.IsFailed), "failed");
        Expect(counts.Done, jobs.Count(job => job.Made.IsService ? job.IsComplete : job.IsCommitted), "done");
        Expect(counts.Total, jobs.Count, "known");
    }

    private void CheckRowsAndLinks()
    {
        var held = world.Model.Held();
        var rows = world.Model.Jobs.Where((job, i) => i == 0 || !job.IsComplete || held.Contains(job)).Select(job => job.Id).ToHashSet();
        var actual = reactor.States().Select(entry => world.Names[entry.Job]).ToHashSet();
        Invariant.Holds(rows.SetEquals(actual), $"Rows kept for no reason: {Text(actual.Except(rows))}. Rows missing: {Text(rows.Except(actual))}.");
        Expect(reactor.LiveJobs, rows.Count, "live");
        var links = world.Model.Jobs.Sum(job => LinksOf(job, held));
        Expect(replayed.LiveLinks, links, "links");

        // Snapshots leave out links to complete successors.
        Invariant.Holds(reactor.LiveLinks <= links, $"The leader has {reactor.LiveLinks} links; {links} are needed.");
    }

    private static int LinksOf(ModelJob job, HashSet<ModelJob> held) =>
        (job.IsComplete ? 0 : job.Outgoing.Count)
        + (ReferenceModel.ReadsArguments(job) ? ReferenceModel.InputsOf(job).Sum(input => input.All<ModelValue.Gap>().Count()) : 0)
        + (held.Contains(job) ? job.Value!.All<ModelValue.Gap>().Count(gap => gap.Producer != job.Id) : 0);

    private static void Expect(long actual, long expected, string what) =>
        Invariant.Holds(actual == expected, $"The leader counts {actual} {what}; there are {expected}.");

    private static string Text(IEnumerable<string> names) => string.Join(", ", names);
}
