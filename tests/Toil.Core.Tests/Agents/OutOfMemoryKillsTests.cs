using Toil.Agents;
using Toil.Tests.Fakes;
using Xunit;

namespace Toil.Tests.Agents;

public class OutOfMemoryKillsTests
{
    [Theory]
    [InlineData(9, true)]
    [InlineData(137 << 8, true)]
    [InlineData(11, false)]
    [InlineData(1 << 8, false)]
    public void Explains_TheCountHasGrown_OnlyWhatLooksLikeAKill(int status, bool expected)
    {
        using var directory = new TemporaryDirectory();
        var file = directory.Write("memory.events", "oom 1\noom_kill 3\noom_group_kill 0\n");
        var kills = new OutOfMemoryKills([file]);
        var exit = new ChildExit(status, TimeSpan.Zero, 0);
        Assert.False(kills.Explains(exit));
        directory.Write("memory.events", "oom 1\noom_kill 4\noom_group_kill 0\n");
        Assert.Equal(expected, kills.Explains(exit));
        Assert.False(kills.Explains(exit));
    }

    [Fact]
    public void Explains_OnThisMachine_NothingWasKilled() =>
        Assert.False(new OutOfMemoryKills().Explains(new ChildExit(9, TimeSpan.Zero, 0)));
}
