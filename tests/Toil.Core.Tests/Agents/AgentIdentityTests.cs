using Toil.Agents;
using Xunit;

namespace Toil.Tests.Agents;

public class AgentIdentityTests
{
    [Fact]
    public void Parse_Mark_IsTheIdentityItCameFrom()
    {
        var own = AgentIdentity.Own("a/workflow");
        Assert.Equal(own, AgentIdentity.Parse(own.Mark("7-1.2")));
        Assert.True(own.IsAlive);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a/b/c")]
    [InlineData("a/1.x/c")]
    public void Parse_AnythingElse_IsNoIdentity(string mark) => Assert.Null(AgentIdentity.Parse(mark));

    [Fact]
    public void IsAlive_ProcessNumberWasUsedAgain_False() =>
        Assert.False((AgentIdentity.Own("workflow") with { Started = 1 }).IsAlive);
}
