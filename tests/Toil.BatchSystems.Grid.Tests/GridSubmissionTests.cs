namespace Toil.BatchSystems.Grid.Tests;

public class GridSubmissionTests
{
    [Fact]
    public void Of_AlikeJobs_AreOneArray()
    {
        var submission = FakePrograms.Submission(5);

        Assert.True(submission.IsArray);
        Assert.Equal((0, 4), (submission.FirstEntry, submission.LastEntry));
        Assert.Equal($"toil-{new string('0', 32)}-1.2", submission.Name);
        Assert.Equal("#!/bin/sh\nexec '/bin/toil' 'worker' \"$INDEX\"\n", submission.ScriptFor("$INDEX"));
    }

    [Fact]
    public void Of_OneJob_IsNoArray()
    {
        var submission = Assert.Single(GridSubmission.Of([FakePrograms.Jobs(3)[2]], 1000));

        Assert.False(submission.IsArray);
        Assert.Equal($"toil-{new string('0', 32)}-1.2-2", submission.Name);
        Assert.Equal("#!/bin/sh\nexec '/bin/toil' 'worker' 2\n", submission.ScriptFor("$INDEX"));
    }

    [Fact]
    public void Of_TenThousandAlikeJobs_AreTen() => Assert.Equal(10, GridSubmission.Of(FakePrograms.Jobs(10_000), 1000).Count());

    [Fact]
    public void Of_GapsAndOtherRequests_AreCutThere()
    {
        var jobs = FakePrograms.Jobs(6).ToList();
        jobs.RemoveAt(3);
        jobs[0] = jobs[0] with { Requirements = new Requirements(2, 1, 0) };

        var entries = GridSubmission.Of(jobs, 1000).Select(one => (one.FirstEntry, one.LastEntry));

        Assert.Equal([(0, 0), (1, 2), (4, 5)], entries);
    }

    [Fact]
    public void Script_WordsWithQuotes_AreTakenLiterally()
    {
        var job = FakePrograms.Jobs(1)[0] with { Command = ["/a b/toil", "it's $HOME", "0"] };

        Assert.Equal("#!/bin/sh\nexec '/a b/toil' 'it'\\''s $HOME' 0\n", Assert.Single(GridSubmission.Of([job], 1)).ScriptFor("x"));
    }

    [Fact]
    public void Comment_OddNames_AreOneLine()
    {
        var jobs = FakePrograms.Jobs(2).Select(job => job with { JobName = $"job\n{job.Entry}\t" + new string('y', 200) }).ToList();

        Assert.Equal("job 0 " + new string('y', 94) + " and others", Assert.Single(GridSubmission.Of(jobs, 2)).Comment);
    }
}
