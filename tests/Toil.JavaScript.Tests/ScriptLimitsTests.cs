using Xunit;

namespace Toil.JavaScript.Tests;

public class ScriptLimitsTests
{
    [Fact]
    public void New_OnlyTimeGiven_BoundsTheRestToo()
    {
        var limits = new ScriptLimits(TimeSpan.FromSeconds(1));

        Assert.True(limits is { Memory: > 0, Depth: > 0 });
    }
}
