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
