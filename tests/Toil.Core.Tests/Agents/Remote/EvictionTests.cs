using Toil.Agents;
using Toil.Tests.Fakes;
using Xunit;

namespace Toil.Tests.Agents.Remote;

public sealed class EvictionTests
{
    private readonly FakeTime _clock = new();
    private readonly Eviction _eviction;

    public EvictionTests() => _eviction = new Eviction(_clock);

    [Theory]
    [InlineData(FailureReason.Error)]
    [InlineData(FailureReason.WorkerDied)]
    public async Task Explain_FailureJustBeforeTheWord_IsNoFault(object reason)
    {
        var told = _eviction.ExplainAsync(Failed((FailureReason)reason)).AsTask();
        Assert.False(told.IsCompleted);

        _eviction.Come();

        Assert.Equal(FailureReason.Cancelled, (await told).Failure!.Reason);
    }

    [Fact]
    public async Task Explain_FailureWithoutTheWord_IsBelievedAMomentLater()
    {
        var outcome = Failed(FailureReason.Error);
        var told = _eviction.ExplainAsync(outcome).AsTask();

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Same(outcome, await told);
    }

    [Theory]
    [InlineData(FailureReason.OutOfMemory)]
    [InlineData(FailureReason.TimeLimit)]
    [InlineData(FailureReason.Cancelled)]
    public async Task Explain_FailureThatHasItsReason_IsToldAtOnce(object reason)
    {
        var outcome = Failed((FailureReason)reason);

        Assert.Same(outcome, await _eviction.ExplainAsync(outcome));
    }

    private static AttemptOutcome Failed(FailureReason reason) => new(
        new AttemptId(1, 1, 1), null, new AttemptFailure(reason, new ErrorInfo("Some", "failure"), []), new ResourceUsage(DateTimeOffset.UnixEpoch, TimeSpan.Zero, TimeSpan.Zero, 0));
}
