using Toil.Cli.Commands;
using Xunit;

namespace Toil.Cli.Tests.Commands;

public class StatusReportTests
{
    private static readonly FailedJob Failed = new(7, "align", new ErrorInfo("System.IO.IOException", "no such reads", "align.ps1:3:5"), "line 1\nline 2\n");

    [Fact]
    public void WriteText_FailedJobs_ShowsErrorPositionAndLog()
    {
        using var output = new StringWriter();

        new StatusReport(Status(isComplete: false, Failed), leader: null, hasAnswered: false).WriteText(output);

        Assert.Equal(
            """
            Job store  file:/store
            Workflow   00000000-0000-0000-0000-000000000000, started 2026-01-02 03:04:05Z
            State      failed; resume it with --restart
            Jobs       10 known, 8 done, 1 failed

            align (job 7) failed: no such reads
              align.ps1:3:5
              ---- its output ----
              line 1
              line 2

            """,
            output.ToString());
    }

    [Fact]
    public void WriteText_Complete_IsFinished()
    {
        using var output = new StringWriter();

        new StatusReport(Status(isComplete: true), leader: null, hasAnswered: false).WriteText(output);

        Assert.Contains("State      finished\n", output.ToString(), StringComparison.Ordinal);
    }

    private static WorkflowStatus Status(bool isComplete, params FailedJob[] failed) => new(
        Guid.Empty, "file:/store", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), isComplete, 10, 8, failed);
}
