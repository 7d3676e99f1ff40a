using Toil.Options;
using Xunit;

namespace Toil.Tests.Options;

public class ToilOptionTableTests
{
    public static TheoryData<string> Changeable => [.. ToilOptionTable.All.Select(option => option.Name).Where(name => name != "--batchSystem")];

    public static TheoryData<string> Names => [.. ToilOptionTable.All.Select(option => option.Name)];

    [Fact]
    public void All_EveryPropertyOfToilOptions_HasExactlyOneOption()
    {
        var properties = typeof(ToilOptions).GetProperties().Select(property => property.Name).Order();

        Assert.Equal(properties, ToilOptionTable.All.Select(option => option.ParameterName).Order());
    }

    [Theory]
    [MemberData(nameof(Changeable))]
    public void Set_ValueOtherThanTheDefault_ChangesThatPropertyAlone(string name)
    {
        var option = ToilOptionTable.Find(name[2..])!;
        var options = new ToilOptions();

        option.Set(options, OtherValueOf(option));

        Assert.False(option.IsDefault(options));
        Assert.All(ToilOptionTable.All.Where(other => other != option && !Follows(other, option)), other => Assert.True(other.IsDefault(options), other.Name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Help_EveryOption_IsOneSentence(string name)
    {
        var option = ToilOptionTable.Find(name[2..])!;

        Assert.EndsWith(".", option.Help, StringComparison.Ordinal);
        Assert.True(char.IsUpper(option.Help[0]));
    }

    [Fact]
    public void EnvironmentVariable_ManualsNames_AreKept()
    {
        Assert.Equal("TOIL_WORKDIR", ToilOptionTable.Find("workDir")!.EnvironmentVariable);
        Assert.Equal("TOIL_COORDINATION_DIR", ToilOptionTable.Find("coordinationDir")!.EnvironmentVariable);
        Assert.Equal("TOIL_RETRY_COUNT", ToilOptionTable.Find("retryCount")!.EnvironmentVariable);
    }

    [Theory]
    [InlineData("retryCount", "-1", "--retryCount: '-1' is not valid; expected a whole number, 0 or more.")]
    [InlineData("retryCount", "many", "--retryCount: 'many' is not valid; expected a whole number, 0 or more.")]
    [InlineData("defaultCores", "0", "--defaultCores: '0' is not valid; expected a number above 0, such as 1 or 0.5.")]
    [InlineData("defaultCores", "NaN", "--defaultCores: 'NaN' is not valid; expected a number above 0, such as 1 or 0.5.")]
    [InlineData("defaultMemory", "2X", "--defaultMemory: '2X' is not valid; expected a size of 0 or more, such as 500M, 2Gi or a number of bytes.")]
    [InlineData("clean", "sometimes", "--clean: 'sometimes' is not valid; expected always, onError, never or onSuccess.")]
    [InlineData("restart", "yes", "--restart: 'yes' is not valid; expected True or False.")]
    [InlineData("setEnv", "TOIL_NO_SUCH_VARIABLE", "--setEnv: 'TOIL_NO_SUCH_VARIABLE' is not valid; expected NAME=VALUE, or NAME to take the value from the environment.")]
    [InlineData("workDir", "", "--workDir: '' is not valid; expected a path.")]
    public void Set_BadValue_SaysOptionValueAndWhatIsAllowed(string key, string text, string message)
    {
        var error = Assert.Throws<UsageException>(() => ToilOptionTable.Find(key)!.Set(new ToilOptions(), text));

        Assert.Equal(message, error.Message);
    }

    [Theory]
    [InlineData("90", 90)]
    [InlineData("500ms", 0.5)]
    [InlineData("5m", 300)]
    [InlineData("5 min", 300)]
    [InlineData("1.5H", 5400)]
    [InlineData("2d", 172_800)]
    [InlineData("0.01", 0.01)]
    [InlineData("0", 0)]
    public void Set_Time_IsSecondsOrHasASuffix(string text, double seconds)
    {
        var options = new ToilOptions();

        ToilOptionTable.Find("deadlockWait")!.Set(options, text);

        Assert.Equal(TimeSpan.FromSeconds(seconds), options.DeadlockWait);
        Assert.True(Duration.TryParse(Duration.Format(options.DeadlockWait), out var again));
        Assert.Equal(options.DeadlockWait, again);
    }

    [Theory]
    [InlineData("deadlockWait", "-1")]
    [InlineData("deadlockWait", "5x")]
    [InlineData("deadlockWait", "5 0")]
    [InlineData("deadlockWait", "1e3")]
    [InlineData("deadlockWait", "99999999999999d")]
    [InlineData("deadlockWait", "")]
    [InlineData("statusWait", "0")]
    [InlineData("badWorker", "1.1")]
    [InlineData("badWorker", "NaN")]
    [InlineData("scale", "0")]
    [InlineData("maxServiceJobs", "-1")]
    [InlineData("defaultAccelerators", "gpu:0")]
    [InlineData("defaultAccelerators", "gpu:1:2")]
    [InlineData("defaultAccelerators", "gpu,,amd")]
    [InlineData("defaultAccelerators", "gpu: 2")]
    public void Set_OutOfRange_IsRefused(string key, string text)
    {
        var error = Assert.Throws<UsageException>(() => ToilOptionTable.Find(key)!.Set(new ToilOptions(), text));

        Assert.StartsWith($"--{key}: '{text}' is not valid; expected ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.5", 0.5)]
    [InlineData("1K", 1000)]
    public void Set_MaxCores_MayHaveASuffix(string text, double cores)
    {
        var options = new ToilOptions();

        ToilOptionTable.Find("maxCores")!.Set(options, text);

        Assert.Equal(cores, options.MaxCores);
    }

    [Fact]
    public void Clean_WithStats_KeepsTheStoreUnlessTold()
    {
        Assert.Equal(CleanPolicy.Never, new ToilOptions { Stats = true }.Clean);
        Assert.Equal(CleanPolicy.OnError, new ToilOptions { Stats = true, Clean = CleanPolicy.OnError }.Clean);
    }

    [Theory]
    [InlineData("-64K", -64_000)]
    [InlineData("0", 0)]
    [InlineData("62.5Ki", 64_000)]
    public void Set_MaxLogFileSize_MayBeNegative(string text, long bytes)
    {
        var options = new ToilOptions();

        ToilOptionTable.Find("maxLogFileSize")!.Set(options, text);

        Assert.Equal(bytes, options.MaxLogFileSize.Bytes);
    }

    [Theory]
    [InlineData("critical", LogLevel.Critical)]
    [InlineData("OFF", LogLevel.Critical)]
    [InlineData("Warn", LogLevel.Warning)]
    [InlineData("debug", LogLevel.Debug)]
    public void Set_LogLevel_TakesTheManualsNames(string text, LogLevel level)
    {
        var options = new ToilOptions();

        ToilOptionTable.Find("logLevel")!.Set(options, text);

        Assert.Equal(level, options.LogLevel);
    }

    [Fact]
    public void Assign_ValuesOfOtherTypes_AreReadAsIfWritten()
    {
        var options = new ToilOptions();

        ToilOptionTable.Find("defaultMemory")!.Assign(options, 1L << 34);
        ToilOptionTable.Find("maxMemory")!.Assign(options, new ByteSize(5));
        ToilOptionTable.Find("maxCores")!.Assign(options, 2.5);
        ToilOptionTable.Find("restart")!.Assign(options, true);
        ToilOptionTable.Find("clean")!.Assign(options, "Never");
        ToilOptionTable.Find("statusWait")!.Assign(options, TimeSpan.FromMilliseconds(90_500));
        ToilOptionTable.Find("setEnv")!.Assign(options, new Dictionary<string, object> { ["A"] = 1, ["B"] = "x=y" });

        Assert.Equal(1L << 34, options.DefaultMemory.Bytes);
        Assert.Equal(5, options.MaxMemory!.Value.Bytes);
        Assert.Equal(2.5, options.MaxCores);
        Assert.True(options.Restart);
        Assert.Equal(CleanPolicy.Never, options.Clean);
        Assert.Equal(90.5, options.StatusWait.TotalSeconds);
        Assert.Equal([KeyValuePair.Create("A", "1"), KeyValuePair.Create("B", "x=y")], options.SetEnv);
    }

    [Fact]
    public void Assign_BadValue_NamesTheParameter()
    {
        var error = Assert.Throws<UsageException>(() => ToilOptionTable.Find("retryCount")!.Assign(new ToilOptions(), -3));

        Assert.StartsWith("-RetryCount: '-3' is not valid", error.Message, StringComparison.Ordinal);
    }

    /// <summary>These defaults depend on another option.</summary>
    private static bool Follows(ToilOption option, ToilOption other) =>
        (option.Key, other.Key) is ("clean", "stats") or ("deadlockCheckInterval", "deadlockWait");

    private static string OtherValueOf(ToilOption option) => option.Key switch
    {
        "linkImports" or "slurmAllocateMem" => "False",
        "badWorker" => "0.5",
        "defaultAccelerators" => "gpu:2",
        _ when option.IsFlag => "True",
        _ when option.ValueType == typeof(CleanPolicy) => "onError",
        _ when option.ValueType == typeof(LogLevel) => "ERROR",
        _ when option.IsRepeatable => "NAME=value",
        _ when option.ValueType == typeof(string) => "other",
        _ => "7",
    };
}
