using System.Net;
using Xunit;

namespace Toil.Tests.Retrying;

public sealed class RetryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly RetryPolicy Quick = new() { Backoff = TimeSpan.FromTicks(1), MaxAttempts = 3 };

    [Fact]
    public async Task Run_FailsTwice_ReturnsTheThirdResult()
    {
        var calls = 0;
        Assert.Equal(3, await Retry.RunAsync(_ => ++calls < 3 ? throw new IOException() : Task.FromResult(calls), Quick, Cancel));
    }

    [Fact]
    public async Task Run_AlwaysFails_ThrowsTheLastErrorAfterAllAttempts()
    {
        var calls = 0;
        var error = await Assert.ThrowsAsync<IOException>(() => Retry.RunAsync(_ => throw new IOException($"{++calls}"), Quick, Cancel));
        Assert.Equal(("3", 3), (error.Message, calls));
    }

    [Fact]
    public async Task Run_Cancelled_StopsWaiting()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var policy = Quick with { Backoff = TimeSpan.FromHours(1), MaxBackoff = TimeSpan.FromHours(1), OnRetry = (_, _, _) => stop.Cancel() };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Retry.RunAsync(_ => throw new IOException(), policy, stop.Token));
    }

    [Fact]
    public void Applies_Conditions_AnyOfThemOnTheErrorOrWhatItWraps()
    {
        var policy = new RetryPolicy { On = [typeof(IOException)], StatusCodes = [503], MessageLike = ["*time?out*"] };

        Assert.True(policy.Applies(new InvalidOperationException("x", new FileNotFoundException())));
        Assert.True(policy.Applies(new HttpRequestException("x", null, HttpStatusCode.ServiceUnavailable)));
        Assert.True(policy.Applies(new InvalidOperationException("A TIME-OUT came")));
        Assert.False(policy.Applies(new HttpRequestException("x", null, HttpStatusCode.NotFound)));
        Assert.False(policy.Applies(new OperationCanceledException()));
        Assert.True(new RetryPolicy().Applies(new InvalidOperationException()));
    }

    [Fact]
    public void DelayAfter_Grows_StaysBetweenHalfAndAll()
    {
        var policy = new RetryPolicy { Backoff = TimeSpan.FromSeconds(1), MaxBackoff = TimeSpan.FromSeconds(5), Random = new Random(1) };

        foreach (var (attempt, longest) in new[] { (1, 1), (2, 2), (3, 4), (4, 5), (60, 5) })
        {
            Assert.InRange(policy.DelayAfter(attempt).TotalSeconds, longest / 2.0, longest);
        }
    }
}
