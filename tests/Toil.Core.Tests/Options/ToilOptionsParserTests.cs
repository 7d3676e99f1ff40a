using Toil.Options;
using Xunit;

namespace Toil.Tests.Options;

public class ToilOptionsParserTests
{
    private static readonly WorkflowOption<int> NumLines = new("--numLines", 1000, "How many lines to make.");
    private static readonly WorkflowOption<bool> Overwrite = new("--overwriteOutput", true, "Replace the output.");

    [Fact]
    public void Parse_ManualsSortCommand_IsUnderstood()
    {
        var parsed = Parse("file:jobStore", "--numLines=10000", "--overwriteOutput=True", "--workDir=/scratch/", "--restart", "--retryCount", "2");

        Assert.Equal("file:jobStore", parsed.Options.JobStore);
        Assert.Equal(10_000, parsed.Get(NumLines));
        Assert.True(parsed.Get(Overwrite));
        Assert.Equal("/scratch/", parsed.Options.WorkDir);
        Assert.True(parsed.Options.Restart);
        Assert.Equal(2, parsed.Options.RetryCount);
    }

    [Fact]
    public void Parse_NothingButAStore_HasDefaults()
    {
        var parsed = Parse("--jobStore", "./store");

        Assert.Equal(new ToilOptions { JobStore = "./store", SetEnv = parsed.Options.SetEnv }, parsed.Options);
        Assert.Empty(parsed.Options.SetEnv);
        Assert.Equal(1000, parsed.Get(NumLines));
    }

    [Theory]
    [InlineData("--overwriteOutput=False", false)]
    [InlineData("--overwriteOutput=0", false)]
    [InlineData("--overwriteoutput=1", true)]
    [InlineData("--OVERWRITEOUTPUT", true)]
    public void Parse_Flags_TakeTheManualsValuesInAnyCase(string argument, bool expected) =>
        Assert.Equal(expected, Parse("s", argument).Get(Overwrite));

    [Fact]
    public void Parse_FlagBeforeAPositional_DoesNotSwallowIt() =>
        Assert.Equal("./store", Parse("--restart", "./store").Options.JobStore);

    [Fact]
    public void Parse_FlagBeforeABoolean_TakesIt() =>
        Assert.False(Parse("--restart", "False", "./store").Options.Restart);

    [Theory]
    [InlineData(LogLevel.Debug, "--logDebug")]
    [InlineData(LogLevel.Critical, "--logcritical")]
    [InlineData(LogLevel.Error, "--logDebug", "--logLevel=ERROR")]
    [InlineData(LogLevel.Warning, "--logLevel", "info", "--logWarning")]
    public void Parse_LogLevelFamily_LastOneCounts(LogLevel level, params string[] arguments) =>
        Assert.Equal(level, Parse(["s", .. arguments]).Options.LogLevel);

    [Theory]
    [InlineData(false, "--disableCaching")]
    [InlineData(false, "--caching", "--caching=False")]
    [InlineData(false, "--caching=False", "--disableCaching")]
    [InlineData(true, "--Caching", "true")]
    public void Parse_Caching_CanBeSaidInSeveralWays(bool caching, params string[] arguments) =>
        Assert.Equal(caching, Parse(["s", .. arguments]).Options.Caching);

    [Fact]
    public void Parse_ValueOptional_MayBeLeftOut()
    {
        Assert.Equal(".", Parse("s", "--writeLogs").Options.WriteLogs);
        Assert.Equal("logs", Parse("s", "--writeLogs", "logs").Options.WriteLogs);
        Assert.Equal(".", Parse("s", "--writeLogs", "--restart").Options.WriteLogs);
    }

    [Fact]
    public void Parse_SetEnvRepeated_Collects()
    {
        var options = Parse("s", "-e", "A=1", "--setEnv=B=2=3", "-e", "PATH").Options;

        Assert.Equal("1", options.SetEnv["A"]);
        Assert.Equal("2=3", options.SetEnv["B"]);
        Assert.Equal(Environment.GetEnvironmentVariable("PATH"), options.SetEnv["PATH"]);
    }

    [Fact]
    public void Parse_NegativeNumber_IsAValue() =>
        Assert.Equal(-500, Parse("s", "--maxLogFileSize", "-500").Options.MaxLogFileSize.Bytes);

    [Fact]
    public void Parse_AfterTwoDashes_IsLeftAlone() =>
        Assert.Equal(["--bogus", "x"], Parse("s", "--", "--bogus", "x").Rest);

    [Theory]
    [InlineData("There is no option --retrycont. Did you mean --retryCount?", "s", "--retrycont", "3")]
    [InlineData("There is no option --retry. Did you mean --retryCount?", "s", "--retry=3")]
    [InlineData("There is no option --num-lines. Did you mean --numLines?", "--num-lines", "3", "s")]
    [InlineData("There is no option --bogus; --help lists all options.", "s", "--bogus")]
    [InlineData("--provisioner isn't in this build yet: it belongs to clusters that grow and shrink by themselves.", "s", "--provisioner", "aws")]
    [InlineData("--MESOSENDPOINT isn't in this build yet: it belongs to the batch system Mesos.", "s", "--MESOSENDPOINT=x")]
    [InlineData("There is no option -x; --help lists all options.", "-x", "s")]
    [InlineData("--caching and --disableCaching contradict each other; give one of them.", "s", "--caching", "--disableCaching")]
    [InlineData("--noLinkImports and --linkImports contradict each other; give one of them.", "s", "--noLinkImports", "--retryCount=2", "--linkImports=True")]
    [InlineData("--writeLogsFromAllJobs needs a directory to write them into: give --writeLogs or --writeLogsGzip too.", "s", "--writeLogsFromAllJobs")]
    [InlineData("--logFile needs a value: --logFile PATH.", "s", "--logFile", "--restart")]
    [InlineData("--logFile needs a value: --logFile PATH.", "s", "--logFile")]
    [InlineData("--logDebug takes no value.", "s", "--logDebug=True")]
    [InlineData("--numLines: 'many' is not valid; expected a whole number.", "s", "--numLines", "many")]
    [InlineData("'b' is one argument too many; only a job store may be named without an option.", "a", "b")]
    [InlineData("'b' is one argument too many; only a job store may be named without an option.", "b", "--jobStore=a")]
    [InlineData("Which job store? Name it first, as a path or file:path, or with --jobStore.", "--restart")]
    public void Parse_Mistake_IsExplained(string message, params string[] arguments) =>
        Assert.Equal(message, Assert.Throws<UsageException>(() => Parse(arguments)).Message);

    [Fact]
    public void Parse_OwnOptionsOfAllTypes_AreRead()
    {
        var text = new WorkflowOption<string?>("--text", null, "Text.");
        var size = new WorkflowOption<ByteSize>("--size", 5, "Size.");
        var limit = new WorkflowOption<int?>("--limit", null, "Limit.");
        var day = new WorkflowOption<DayOfWeek>("--day", DayOfWeek.Sunday, "Day.");

        var parsed = ToilOptionsParser.Parse(["s", "--size", "2Ki", "--limit=-3", "--day=friday"], [text, size, limit, day], _ => null);

        Assert.Null(parsed.Get(text));
        Assert.Equal(2048, parsed.Get(size).Bytes);
        Assert.Equal(-3, parsed.Get(limit));
        Assert.Equal(DayOfWeek.Friday, parsed.Get(day));
    }

    [Fact]
    public void WorkflowOption_OtherType_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new WorkflowOption<DateTime>("--when", default, "When."));

    [Fact]
    public void Parse_OwnOptionThatEveryWorkflowHas_IsRefused()
    {
        var own = new WorkflowOption<int>("--retryCount", 1, "Mine.");

        Assert.Throws<ArgumentException>(() => ToilOptionsParser.Parse(["s"], [own]));
    }

    [Theory]
    [InlineData(true, "--help")]
    [InlineData(true, "s", "-h")]
    [InlineData(false, "s", "--", "--help")]
    public void AsksForHelp_BeforeTwoDashesOnly(bool expected, params string[] arguments) =>
        Assert.Equal(expected, ToilOptionsParser.AsksForHelp(arguments));

    private static ParsedOptions Parse(params string[] arguments) => ToilOptionsParser.Parse(arguments, [NumLines, Overwrite], _ => null);
}
