using Toil.Stats;
using Xunit;

namespace Toil.Tests.Stats;

public class AttemptWaitsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly AttemptWaits _waits = new();

    [Fact]
    public void Of_ReadyJob_IsTheTimeUntilItsStart()
    {
        _waits.Ready(7, Noon);

        Assert.Equal(TimeSpan.FromSeconds(5), _waits.Of(7, Noon.AddSeconds(5)));
    }

    [Fact]
    public void Of_AfterANewLeader_LeavesOutTheTimeWithoutOne()
    {
        _waits.Ready(7, Noon);
        _waits.Resumed(Noon.AddHours(8));

        Assert.Equal(TimeSpan.FromSeconds(5), _waits.Of(7, Noon.AddHours(8).AddSeconds(5)));
    }

    [Fact]
    public void Of_NodeWhoseClockIsBehind_IsZero()
    {
        _waits.Ready(7, Noon);

        Assert.Equal(TimeSpan.Zero, _waits.Of(7, Noon.AddSeconds(-3)));
    }
}
