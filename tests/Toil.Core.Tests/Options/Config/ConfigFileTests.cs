using Toil.Options;
using Xunit;

namespace Toil.Tests.Options.Config;

public class ConfigFileTests
{
    [Fact]
    public void Read_Options_AreSet()
    {
        var options = Options("""
            # A comment.
            retryCount: 3
            defaultMemory: 4Gi      # Another.
            RESTART: true
            writeLogs: "log files"
            maxDisk:
            disableCaching: true
            defaultPreemptable: True
            setEnv:
              A: 1
              B: x=y
            """);

        Assert.Equal(3, options.RetryCount);
        Assert.Equal(4L << 30, options.DefaultMemory.Bytes);
        Assert.True(options.Restart);
        Assert.Equal("log files", options.WriteLogs);
        Assert.Null(options.MaxDisk);
        Assert.False(options.Caching);
        Assert.True(options.DefaultPreemptible);
        Assert.Equal([KeyValuePair.Create("A", "1"), KeyValuePair.Create("B", "x=y")], options.SetEnv);
    }

    [Theory]
    [InlineData("setEnv: [A=1, B=2]", "A=1 B=2")]
    [InlineData("setEnv: A=1", "A=1")]
    [InlineData("setEnv: {}", "")]
    public void Read_RepeatableOption_TakesListsAndMappings(string yaml, string expected) =>
        Assert.Equal(expected, string.Join(' ', Options(yaml).SetEnv.Select(variable => $"{variable.Key}={variable.Value}")));

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("---\n...\n")]
    public void Read_NothingSaid_LeavesDefaults(string yaml) =>
        Assert.All(ToilOptionTable.All, option => Assert.True(option.IsDefault(Options(yaml)), option.Name));

    [Theory]
    [InlineData("retrycont: 3", "toil.yaml:1:1: there is no option 'retrycont'. Did you mean 'retryCount'?")]
    [InlineData("\n  qqq: 3", "toil.yaml:2:3: there is no option 'qqq'; 'toil config' writes a file with all of them.")]
    [InlineData("restart: true\nretryCount:  many", "toil.yaml:2:14: retryCount: 'many' is not valid; expected a whole number, 0 or more.")]
    [InlineData("disableCaching: false", "toil.yaml:1:17: disableCaching: 'false' is not valid; expected True. It stands for 'caching: False'; write that option instead.")]
    [InlineData("nodeTypes: t2.large", "toil.yaml:1:1: nodeTypes isn't in this build yet: it belongs to clusters that grow and shrink by themselves.")]
    [InlineData("config: other.yaml", "toil.yaml:1:1: a config file can't name another one.")]
    [InlineData("retryCount: [1, 2]", "toil.yaml:1:13: retryCount takes a single value.")]
    [InlineData("setEnv: [[A=1]]", "toil.yaml:1:10: expected a single value.")]
    [InlineData("- retryCount", "toil.yaml:1:1: expected options, each on a line of its own, such as 'retryCount: 3'.")]
    [InlineData("[a]: 1", "toil.yaml:1:1: there is no option ''; 'toil config' writes a file with all of them.")]
    [InlineData("a: 1\n---\nb: 2", "toil.yaml:3:1: a second document begins here; write all options into one.")]
    public void Read_Mistake_SaysPlaceAndOption(string yaml, string message) =>
        Assert.Equal(message, Assert.Throws<UsageException>(() => Options(yaml)).Message);

    [Theory]
    [InlineData("retryCount: 1\nretryCount: 2", "toil.yaml:2:1: ")]
    [InlineData("retryCount: 1\n  clean: never", "toil.yaml:2:")]
    [InlineData("clean: \"never", "toil.yaml:1:8: ")]
    public void Read_NotYaml_SaysThePlace(string yaml, string beginning)
    {
        var message = Assert.Throws<UsageException>(() => Options(yaml)).Message;

        Assert.StartsWith(beginning, message, StringComparison.Ordinal);
        Assert.True(message.Length > beginning.Length + 10, message);
    }

    [Fact]
    public void Read_AbsentFile_IsNamed() =>
        Assert.StartsWith("The config file /no/such/toil.yaml can't be read: ", Assert.Throws<UsageException>(() => ConfigFile.Read("/no/such/toil.yaml")).Message, StringComparison.Ordinal);

    private static ToilOptions Options(string yaml)
    {
        var options = new ToilOptions();
        foreach (var (option, text, place) in ConfigFile.Read(new StringReader(yaml), "toil.yaml"))
        {
            option.Set(options, text, place);
        }

        return options;
    }
}
