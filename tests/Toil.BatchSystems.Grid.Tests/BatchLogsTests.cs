using Toil.Tests.Fakes;

namespace Toil.BatchSystems.Grid.Tests;

public sealed class BatchLogsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private BatchLogs Logs => new(_directory.Path, "slurm", discards: false);

    [Fact]
    public void Paths_OfOneJob_AreAsDocumented()
    {
        var (output, error) = Logs.PathsFor(FakePrograms.Submission(1), "%j", text => text);

        Assert.Equal(_directory["toil_job_100_batch_slurm_%j_std_output.log"], output);
        Assert.Equal(_directory["toil_job_100_batch_slurm_%j_std_error.log"], error);
    }

    [Fact]
    public void Paths_WithoutOutput_LeadNowhere() =>
        Assert.Equal(("/dev/null", "/dev/null"), new BatchLogs(_directory["none"], "slurm", discards: true).PathsFor(FakePrograms.Submission(1), "%j", text => text));

    [Theory]
    [InlineData(true, "said\n")]
    [InlineData(false, "")]
    public async Task Redirection_OpensTheFilesWhereTheDirectoryIsSeen(bool isSeen, string expected)
    {
        var directory = Path.Combine(_directory.Path, "it's here");
        var line = new BatchLogs(directory, "lsf", discards: false).RedirectionFor(FakePrograms.Submission(1), "$ID");
        if (!isSeen)
        {
            Directory.Delete(directory);
        }

        using var programs = new FakePrograms();
        programs.Variables["ID"] = "7[2]";
        var result = await programs.Client().RunAsync("sh", [], $"{line}echo said; echo complained >&2", TestContext.Current.CancellationToken);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(expected, isSeen ? File.ReadAllText(Path.Combine(directory, "toil_job_100_batch_lsf_7[2]_std_output.log")) : "");
        Assert.Equal(isSeen, File.Exists(Path.Combine(directory, "toil_job_100_batch_lsf_7[2]_std_error.log")));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void Close_Events_AreKeptForFailures(bool read, int left)
    {
        var logs = Logs;
        var path = logs.EventsPathFor(FakePrograms.Submission(3), "7.2", text => text)!;
        File.WriteAllText(path, "005 (007.002.000) 2026-11-22 13:01:02 Job terminated.\n");

        Assert.Equal("", logs.Close("7.2", FakePrograms.Jobs(3)[2].Name, 102, read));

        Assert.Equal(left, Directory.EnumerateFiles(_directory.Path, "toil_job_102_batch_slurm_7.2_job_events.log").Count());
        Assert.Equal(left, Directory.EnumerateFiles(_directory.Path).Count());
    }

    [Fact]
    public void Close_EventsThatCantBeNamed_AreNoFailure()
    {
        var logs = Logs;
        File.WriteAllText(logs.EventsPathFor(FakePrograms.Submission(3), "7.2", text => text)!, "005 (007.002.000) Job terminated.\n");
        Directory.CreateDirectory(_directory["toil_job_102_batch_slurm_7.2_job_events.log"]);

        Assert.StartsWith("[The job's job_events can't be read: ", logs.Close("7.2", FakePrograms.Jobs(3)[2].Name, 102, read: true), StringComparison.Ordinal);
    }

    [Fact]
    public void Close_AnElement_GetsItsNumberAndTellsItsEnd()
    {
        var (_, error) = Logs.PathsFor(FakePrograms.Submission(3), "%A_%a", text => text);
        File.WriteAllText(error.Replace("%A", "7", StringComparison.Ordinal).Replace("%a", "2", StringComparison.Ordinal), new string('x', 20_000) + "the last words");

        var text = Logs.Close("7_2", FakePrograms.Jobs(3)[2].Name, 102, read: true);

        Assert.EndsWith("the last words\n", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 16_000, 17_000);
        Assert.Equal(_directory["toil_job_102_batch_slurm_7_2_std_error.log"], Assert.Single(Directory.EnumerateFiles(_directory.Path)));
    }

    [Fact]
    public void Close_EmptyFiles_Go()
    {
        foreach (var kind in new[] { "std_output", "std_error" })
        {
            _directory.Write($"toil_job_100_batch_slurm_7_{kind}.log", "");
        }

        Assert.Equal("", Logs.Close("7", FakePrograms.Jobs(1)[0].Name, 100, read: true));
        Assert.Empty(Directory.EnumerateFiles(_directory.Path));
    }

    public void Dispose() => _directory.Dispose();
}
