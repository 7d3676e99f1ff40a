using System.IO.Compression;
using System.Text;
using Toil.Agents;
using Toil.Tests.Fakes;
using Xunit;

namespace Toil.Tests.App;

public sealed class JobLogsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void Open_NothingAsked_IsNone() => Assert.Null(JobLogs.Open(new ToilOptions()));

    [Fact]
    public void Open_AbsentDirectory_IsMadeAndLeftEmpty()
    {
        JobLogs.Open(new ToilOptions { WriteLogs = _directory["a/b"] });

        Assert.Empty(Directory.GetFileSystemEntries(_directory["a/b"]));
    }

    [Theory]
    [InlineData(false, "--writeLogs: the directory ")]
    [InlineData(true, "--writeLogsGzip: the directory ")]
    public void Open_DirectoryThatCannotBe_NamesTheOption(bool compress, string beginning)
    {
        var path = Path.Combine(_directory.Write("file", ""), "logs");
        var options = compress ? new ToilOptions { WriteLogsGzip = path } : new ToilOptions { WriteLogs = path };

        var message = Assert.Throws<UsageException>(() => JobLogs.Open(options)).Message;

        Assert.StartsWith($"{beginning}{path} can't be written: ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_FailedAttempt_HasItsOutputAndTheReason()
    {
        Write(new ToilOptions { WriteLogs = _directory.Path }, "align/reads 1", Failed("reading"));

        Assert.Equal("reading\nThe attempt failed: no such file\nat line 3\n", File.ReadAllText(_directory["align_reads_1_12_2.log"]));
    }

    [Fact]
    public void Write_SameAttemptOfAnotherRun_DoesNotOverwrite()
    {
        var options = new ToilOptions { WriteLogs = _directory.Path };
        Write(options, "align", Failed("first\n"));
        Write(options, "align", Failed("second\n"));
        Write(options, "align", Failed("third\n"));

        Assert.StartsWith("first\n", File.ReadAllText(_directory["align_12_2.log"]), StringComparison.Ordinal);
        Assert.StartsWith("second\n", File.ReadAllText(_directory["align_12_2.2.log"]), StringComparison.Ordinal);
        Assert.StartsWith("third\n", File.ReadAllText(_directory["align_12_2.3.log"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Compressed_CanBeReadBack()
    {
        Write(new ToilOptions { WriteLogsGzip = _directory.Path }, "align", Failed("reading\n"));

        using var file = new GZipStream(File.OpenRead(_directory["align_12_2.log.gz"]), CompressionMode.Decompress);
        using var reader = new StreamReader(file);
        Assert.StartsWith("reading\n", reader.ReadToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_SuccessfulAttempt_HasItsOutput()
    {
        Write(new ToilOptions { WriteLogs = _directory.Path, WriteLogsFromAllJobs = true }, "align", Succeeded("done\n"));

        Assert.Equal("done\n", File.ReadAllText(_directory["align_12_2.log"]));
    }

    [Fact]
    public void Write_NothingToSay_WritesNothing()
    {
        Write(new ToilOptions { WriteLogs = _directory.Path }, "align", Succeeded(""));
        Write(new ToilOptions { WriteLogs = _directory.Path }, "align", Failed("stopping", FailureReason.Cancelled));

        Assert.Empty(Directory.GetFileSystemEntries(_directory.Path));
    }

    [Fact]
    public void Write_LongName_IsCutToWhatFileSystemsTake()
    {
        Write(new ToilOptions { WriteLogs = _directory.Path }, new string('ü', 500), Failed("x\n"));

        Assert.Single(Directory.GetFiles(_directory.Path, "ü*_12_2.log"));
    }

    [Theory]
    [InlineData(false, LogLevel.Info, false)]
    [InlineData(true, LogLevel.Info, true)]
    [InlineData(false, LogLevel.Debug, true)]
    public void OfAllJobs_AskedForOrDebugging_IsOn(bool asked, LogLevel level, bool expected) =>
        Assert.Equal(expected, JobLogs.Open(new ToilOptions { WriteLogs = _directory.Path, WriteLogsFromAllJobs = asked, LogLevel = level })!.OfAllJobs);

    public void Dispose() => _directory.Dispose();

    private static void Write(ToilOptions options, string name, AttemptOutcome outcome) =>
        JobLogs.Open(options)!.Write(new LaunchOrder(outcome.Attempt, name, 2, new Requirements(1, 0, 0), new Code(Vehicle.Inline, "", default), default), outcome);

    private static AttemptOutcome Failed(string log, FailureReason reason = FailureReason.Error) =>
        Succeeded("") with { Commit = null, Failure = new AttemptFailure(reason, new ErrorInfo("X", "no such file") { Position = "at line 3" }, Encoding.UTF8.GetBytes(log)) };

    private static AttemptOutcome Succeeded(string log) =>
        new(new AttemptId(12, 1, 34), [], null, new ResourceUsage(DateTimeOffset.UnixEpoch, TimeSpan.Zero, TimeSpan.Zero, 0)) { Log = Encoding.UTF8.GetBytes(log) };
}
