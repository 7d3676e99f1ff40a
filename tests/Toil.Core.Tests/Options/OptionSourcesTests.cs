using Toil.Options;
using Xunit;

namespace Toil.Tests.Options;

public class OptionSourcesTests
{
    private static readonly ToilOption RetryCount = ToilOptionTable.Find("retryCount")!;
    private static readonly ToilOption WorkDir = ToilOptionTable.Find("workDir")!;

    [Theory]
    [InlineData(1, null, null, null)]
    [InlineData(2, "2", null, null)]
    [InlineData(3, "2", 3, null)]
    [InlineData(4, "2", 3, "4")]
    public void Combine_SeveralSources_LaterOnesWin(int expected, string? variable, int? parameter, string? argument)
    {
        var options = OptionSources.Combine(
            parameter is null ? [] : [KeyValuePair.Create(RetryCount, (object)parameter)],
            argument is null ? [] : [new GivenOption(RetryCount, argument)],
            name => name == "TOIL_RETRY_COUNT" ? variable : null);

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
