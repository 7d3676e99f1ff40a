using Toil.Files;
using Xunit;

namespace Toil.Tests.Files;

public sealed class SyncThreadsTests
{
    [Fact]
    public async Task Run_ManyAtOnce_RunsAllButFewTogether()
    {
        var (running, most, done) = (0, 0, 0);
        await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => SyncThreads.Run(() =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMaximum(ref most, now);
            Thread.Yield();
            Interlocked.Increment(ref done);
            Interlocked.Decrement(ref running);
        })));

        Assert.Equal(500, done);
        Assert.InRange(most, 1, 8);
    }

    [Fact]
    public async Task Run_OneWaiting_DoesNotKeepTheOthers()
    {
        using var gate = new ManualResetEventSlim();
        var cancel = TestContext.Current.CancellationToken;
        var slow = SyncThreads.Run(() => gate.Wait(cancel));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SyncThreads.Run(() => { })));
        Assert.False(slow.IsCompleted);
        gate.Set();
        await slow;
    }

    [Fact]
    public async Task Run_Failure_ReachesWhoWaits() =>
        await Assert.ThrowsAsync<ToilException>(() => SyncThreads.Run(() => throw new ToilException("no")));

    private static void InterlockedMaximum(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); seen < value;)
        {
            var before = Interlocked.CompareExchange(ref target, value, seen);
            seen = before == seen ? value : before;
        }
    }
}
