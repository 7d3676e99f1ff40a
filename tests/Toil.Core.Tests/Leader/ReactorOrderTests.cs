using Xunit;

namespace Toil.Tests.Leading;

public sealed class ReactorOrderTests
{
    [Fact]
    public void OrderOf_AnAttemptThatHasBeenReplaced_IsNull()
    {
        var leader = new ReactorHarness(retryCount: 1);
        leader.Start(ReactorHarness.NewJob("root"));
        var first = Assert.Single(leader.TakeIssued());

        leader.Fail(first);

        var second = Assert.Single(leader.TakeIssued());
        Assert.Null(leader.Reactor.OrderOf(first));
        Assert.NotNull(leader.Reactor.OrderOf(second));
    }
}
