using Toil.Options;
using Toil.Tests.Fakes;
using Xunit;

namespace Toil.Tests.Options;

public class OptionSourcesTests
{
    private static readonly ToilOption RetryCount = ToilOptionTable.Find("retryCount")!;
    private static readonly ToilOption WorkDir = ToilOptionTable.Find("workDir")!;

    [Theory]
    [InlineData(1, null, null, null, null)]
    [InlineData(5, "5", null, null, null)]
    [InlineData(2, "5", "2", null, null)]
    [InlineData(3, "5", "2", 3, null)]
    [InlineData(4, "5", "2", 3, "4")]
    public void Combine_SeveralSources_LaterOnesWin(int expected, string? configured, string? variable, int? parameter, string? argument)
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(Path.Combine(directory.Path, "toil.yaml"), $"retryCount: {configured}");
        var options = OptionSources.Combine(
            parameter is null ? [] : [KeyValuePair.Create(RetryCount, (object)parameter)],
            argument is null ? [] : [new GivenOption(RetryCount, argument)],
            name => name switch
            {
                "TOIL_RETRY_COUNT" => variable,
                "TOIL_CONFIG" => configured is null ? null : "toil.yaml",
                _ => null,
            },
            directory.Path);

        Assert.Equal(expected, options.RetryCount);
    }

    [Theory]
    [InlineData(6, null, null, "e.yaml")]
    [InlineData(7, null, "p.yaml", "e.yaml")]
    [InlineData(8, "g.yaml", "p.yaml", "e.yaml")]
    public void Combine_SeveralConfigFiles_OnlyTheNearestIsRead(int expected, string? given, string? parameter, string variable)
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(Path.Combine(directory.Path, "e.yaml"), "retryCount: 6");
        File.WriteAllText(Path.Combine(directory.Path, "p.yaml"), "retryCount: 7");
        File.WriteAllText(Path.Combine(directory.Path, "g.yaml"), "retryCount: 8");
        var config = ToilOptionTable.Find("config")!;

        var options = OptionSources.Combine(
            parameter is null ? [] : [KeyValuePair.Create(config, (object)parameter)],
            given is null ? [] : [new GivenOption(config, given)],
            name => name == "TOIL_CONFIG" ? variable : null,
            directory.Path);

        Assert.Equal(expected, options.RetryCount);
    }

    [Fact]
    public void Combine_OwnersOverride_BeatsTheCommandLine()
    {
        var options = OptionSources.Combine([], [new GivenOption(WorkDir, "/mine")], name => name == "TOIL_WORKDIR_OVERRIDE" ? "/owners" : null);

        Assert.Equal("/owners", options.WorkDir);
    }

    [Fact]
    public void Combine_BadVariable_IsNamed()
    {
        var error = Assert.Throws<UsageException>(() => OptionSources.Combine([], [], name => name == "TOIL_RETRY_COUNT" ? "x" : null));

        Assert.StartsWith("TOIL_RETRY_COUNT: 'x' is not valid", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RunOptions_RoundTrip_KeepsOrderAndRepetition()
    {
        GivenOption[] given = [new(RetryCount, "3"), new(ToilOptionTable.Find("setEnv")!, "A=1"), new(ToilOptionTable.Find("setEnv")!, "B=2")];

        Assert.Equal(given, RunOptions.FromJson(RunOptions.ToJson(given)));
    }

    [Theory]
    [InlineData("{\"bogus\":[\"1\"]}")]
    [InlineData("{\"retryCount\":3}")]
    [InlineData("{")]
    public void RunOptions_Damaged_IsAUsageError(string json) =>
        Assert.Throws<UsageException>(() => RunOptions.FromJson(json));
}
