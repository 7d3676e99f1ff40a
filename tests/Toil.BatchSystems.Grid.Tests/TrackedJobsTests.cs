using Toil.Tests.Fakes;

namespace Toil.BatchSystems.Grid.Tests;

/// <summary>What a listing tells of the jobs that are waited for.</summary>
public sealed class TrackedJobsTests
{
    private readonly FakeTime _time = new();
    private readonly TrackedJobs _jobs;

    public TrackedJobsTests() => _jobs = new TrackedJobs(_time);

    [Fact]
    public void EndedIn_ElementsListedTogether_AreEachFound()
    {
        foreach (var entry in Enumerable.Range(0, 6))
        {
            _jobs.Add($"7_{entry}", "toil-x-1.1", entry, entry);
        }

        var waiting = new BatchJobStatus("7", "toil-x-1.1", BatchJobState.Queued);
        var cancelled = waiting with { State = BatchJobState.Ended, End = new BatchJobEnd("7", BatchJobEndReason.Killed) };
        var foreign = waiting with { Name = "toil-x-9.9" };

        var ended = EndedIn(new ListedJobs(waiting, [(0, 1), (3, 3), (900, 1000)]), new ListedJobs(cancelled, [(1, 2)]), new ListedJobs(foreign, [(4, 5)]));

        // Elements 4 and 5 are listed under another's name only: they are missing.
        Assert.Equal([("7_2", "7_2"), ("7_4", null), ("7_5", null)], ended.Select(one => (one.Id, one.End?.Id)));
    }

    [Fact]
    public void EndedIn_JobsOfTheirOwn_AreTheirsByNameToo()
    {
        _jobs.Add("12", "toil-x-1.2", 0, 1);
        _jobs.Add("13", "toil-x-1.2", 10, 2);
        _jobs.Add("14", "toil-x-1.3-4");

        var ended = EndedIn(
            new ListedJobs(new BatchJobStatus("12", "toil-x-1.2-0", BatchJobState.Running)),
            new ListedJobs(new BatchJobStatus("13", "toil-x-1.2-1", BatchJobState.Running)),
            new ListedJobs(new BatchJobStatus("14", "toil-x-1.3-4", BatchJobState.Queued)));

        Assert.Equal(["13"], ended.Select(one => one.Id));
        Assert.Equal(("toil-x-1.2-10", 2L), _jobs.Remove("13"));
    }

    private IReadOnlyList<(string Id, BatchJobEnd? End)> EndedIn(params ListedJobs[] listed)
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return _jobs.EndedIn(new JobListing("toil-x-", _time.GetTimestamp(), listed));
    }
}
