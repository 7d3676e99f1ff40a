using Toil.Options;
using Xunit;

namespace Toil.Tests.Options;

public class OptionRulesTests
{
    public static TheoryData<string, string> Broken => new()
    {
        { "acceptLoss", "restart" },
        { "stats clean=always", "stats clean" },
        { "noStdOutErr disableWorkerOutputCapture", "noStdOutErr disableWorkerOutputCapture" },
        { "writeLogs=a writeLogsGzip=b", "writeLogs writeLogsGzip" },
        { "writeLogsFromAllJobs", "writeLogsFromAllJobs writeLogs writeLogsGzip" },
        { "noStdOutErr writeLogs=a", "noStdOutErr writeLogs" },
        { "noStdOutErr writeLogsGzip=a", "noStdOutErr writeLogsGzip" },
        { "disableWorkerOutputCapture writeLogs=a", "disableWorkerOutputCapture writeLogs" },
        { "rotatingLogging", "rotatingLogging logFile" },
        { "rotatingLogging logFile=a maxLogFileSize=0", "rotatingLogging maxLogFileSize" },
        { "rotatingLogging logFile=a maxLogFileSize=-5", "rotatingLogging maxLogFileSize" },
        { "maxCores=2 defaultCores=3", "maxCores defaultCores" },
        { "maxMemory=2G defaultMemory=3G", "maxMemory defaultMemory" },
        { "maxDisk=2G defaultDisk=3G", "maxDisk defaultDisk" },
        { "deadlockWait=10 deadlockCheckInterval=20", "deadlockWait deadlockCheckInterval" },
        { "badWorkerFailInterval=1", "badWorker badWorkerFailInterval" },
    };

    public static TheoryData<string> Kept =>
    [
        "", "acceptLoss restart", "stats clean=never", "stats", "clean=always", "writeLogs=a writeLogsFromAllJobs", "writeLogsGzip=a writeLogsFromAllJobs",
        "rotatingLogging logFile=a", "maxCores=2 defaultCores=2", "maxMemory=1G", "deadlockWait=10", "deadlockWait=0 deadlockCheckInterval=10",
        "badWorker=0.1 badWorkerFailInterval=1",
    ];

    [Theory]
    [MemberData(nameof(Broken))]
    public void Check_Contradiction_NamesBothOptions(string given, string named)
    {
        var error = Assert.Throws<UsageException>(() => OptionRules.Check(Read(given)));

        Assert.All(named.Split(' '), key => Assert.Contains($"--{key}", error.Message, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Kept))]
    public void Check_NoContradiction_IsAccepted(string given) => OptionRules.Check(Read(given));

    private static ToilOptions Read(string given)
    {
        var options = new ToilOptions();
        foreach (var parts in given.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Split('=')))
        {
            ToilOptionTable.Find(parts[0])!.Set(options, parts.Length == 2 ? parts[1] : "True");
        }

        return options;
    }
}
