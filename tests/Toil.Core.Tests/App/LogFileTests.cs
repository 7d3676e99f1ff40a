using Toil.Tests.Fakes;
using Xunit;

namespace Toil.Tests.App;

public sealed class LogFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void Open_NothingAsked_IsNone() => Assert.Null(LogFile.Open(new ToilOptions(), TimeProvider.System));

    [Fact]
    public void Write_ExistingFile_IsAppendedTo()
    {
        _directory.Write("log", "before\n");
        using (var log = Open(new ToilOptions { LogFile = _directory["log"] }))
        {
            Assert.Null(log.Write(LogLevel.Warning, "two\nlines"));
        }

        var lines = File.ReadAllLines(_directory["log"]);
        Assert.Equal("before", lines[0]);
        Assert.Matches(@"^\[20(29-12-31|30-01-0[12]) \d\d:\d\d:\d\d\] Warning: two$", lines[1]);
        Assert.Equal("lines", lines[2]);
    }

    [Fact]
    public void Write_Rotating_KeepsTheSizeAndOneEarlierFile()
    {
        using (var log = Open(new ToilOptions { LogFile = _directory["log"], RotatingLogging = true, MaxLogFileSize = 400 }))
        {
            for (var number = 0; number < 100; number++)
            {
                log.Write(LogLevel.Info, $"message {number}");
            }
        }

        Assert.Equal([_directory["log"], _directory["log.1"]], Directory.GetFiles(_directory.Path).Order());
        Assert.All(Directory.GetFiles(_directory.Path), file => Assert.InRange(new FileInfo(file).Length, 1, 400));
        var kept = File.ReadAllLines(_directory["log.1"]).Concat(File.ReadAllLines(_directory["log"])).Select(line => line.Split("message ")[1]).ToList();
        Assert.Equal(Enumerable.Range(100 - kept.Count, kept.Count).Select(number => $"{number}"), kept);
        Assert.True(kept.Count > 10);
    }

    [Fact]
    public void Write_RotatingLineAboveTheSize_IsWhole()
    {
        using (var log = Open(new ToilOptions { LogFile = _directory["log"], RotatingLogging = true, MaxLogFileSize = 50 }))
        {
            log.Write(LogLevel.Info, new string('x', 500));
            log.Write(LogLevel.Info, "next");
        }

        Assert.Contains(new string('x', 500), File.ReadAllText(_directory["log.1"]), StringComparison.Ordinal);
        Assert.EndsWith("next\n", File.ReadAllText(_directory["log"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FileThatCannotBe_NamesTheOption()
    {
        var message = Assert.Throws<UsageException>(() => Open(new ToilOptions { LogFile = _directory["no/log"] })).Message;

        Assert.StartsWith($"--logFile: {_directory["no/log"]} can't be written: ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_FullDisk_GivesTheFileUpAndSaysSoOnce()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "/dev/full isn't here: nothing is always full.");
        using var log = Open(new ToilOptions { LogFile = "/dev/full" });

        Assert.StartsWith("The log is no longer written to /dev/full: ", log.Write(LogLevel.Info, "first"), StringComparison.Ordinal);
        Assert.Null(log.Write(LogLevel.Info, "second"));
    }

    public void Dispose() => _directory.Dispose();

    private static LogFile Open(ToilOptions options) => LogFile.Open(options, new FakeTime())!;
}
