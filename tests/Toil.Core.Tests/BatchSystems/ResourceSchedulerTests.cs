using Toil.Agents;
using Toil.BatchSystems;
using Xunit;

namespace Toil.Tests.BatchSystems;

public class ResourceSchedulerTests
{
    private static readonly ResourceAmount Machine = new(4000, 1000, 1000);

    private int _attempts;

    [Fact]
    public void TryStart_SeveralFit_TheLastIssuedStartsFirst()
    {
        var scheduler = new ResourceScheduler(Machine);
        var (large, small, later) = (Enqueue(scheduler, 2000), Enqueue(scheduler, 1000), Enqueue(scheduler, 1000));
        Assert.Equal([later, small, large], StartAll(scheduler));
    }

    [Fact]
    public void TryStart_TheLastIssuedDoesNotFit_TheLastThatFitsStarts()
    {
        var scheduler = new ResourceScheduler(Machine);
        Enqueue(scheduler, 3000);
        StartAll(scheduler);
        var (first, second) = (Enqueue(scheduler, 500), Enqueue(scheduler, 500));
        Enqueue(scheduler, 2000);
        Assert.Equal([second, first], StartAll(scheduler));
    }

    [Fact]
    public void Release_RunningAttempt_GivesItsResourcesBack()
    {
        var scheduler = new ResourceScheduler(Machine);
        var attempt = Enqueue(scheduler, 4000);
        StartAll(scheduler);
        Assert.Equal(0, scheduler.Free.MilliCores);
        scheduler.Release(attempt);
        scheduler.Release(attempt);
        Assert.Equal(Machine, scheduler.Free);
    }

    [Fact]
    public void TryWithdraw_QueuedAttempt_NeverStarts()
    {
        var scheduler = new ResourceScheduler(Machine);
        var (kept, withdrawn) = (Enqueue(scheduler, 1000), Enqueue(scheduler, 1000));
        Assert.True(scheduler.TryWithdraw(withdrawn));
        Assert.Equal(1, scheduler.Queued);
        Assert.Equal([kept], StartAll(scheduler));
        Assert.False(scheduler.TryWithdraw(kept));
    }

    [Fact]
    public void TryWithdraw_AllThatIsQueued_LeavesNothingBehind()
    {
        var scheduler = new ResourceScheduler(Machine);
        var attempts = Enumerable.Range(0, 10).Select(number => Enqueue(scheduler, 4000 - number)).ToList();
        attempts.ForEach(attempt => Assert.True(scheduler.TryWithdraw(attempt)));
        Assert.Empty(StartAll(scheduler));
        var next = Enqueue(scheduler, 4000);
        Assert.Equal([next], StartAll(scheduler));
    }

    [Fact]
    public void Enqueue_MoreThanTheMachineHas_IsHeldAndBlocksNobody()
    {
        var scheduler = new ResourceScheduler(Machine);
        var held = Enqueue(scheduler, 4001);
        var fits = Enqueue(scheduler, 4000);
        Assert.Equal([fits], StartAll(scheduler));
        Assert.Equal([held], scheduler.Oversized.Keys);
        Assert.Equal(0, scheduler.Queued);
    }

    [Fact]
    public void TryStart_SmallAttemptsKeepComing_LargeOneStartsAllTheSame()
    {
        var scheduler = new ResourceScheduler(Machine);
        var running = new Queue<AttemptId>();
        for (var i = 0; i < 4; i++)
        {
            running.Enqueue(Enqueue(scheduler, 1000));
        }

        StartAll(scheduler);
        var large = Enqueue(scheduler, 4000);
        for (var turns = 0; turns < 300; turns++)
        {
            scheduler.Release(running.Dequeue());
            Enqueue(scheduler, 1000);
            foreach (var started in StartAll(scheduler))
            {
                if (started == large)
                {
                    return;
                }

                running.Enqueue(started);
            }
        }

        Assert.Fail("It has been passed over 300 times.");
    }

    [Fact]
    public void TryStart_RoomIsReserved_WhatLeavesTheRoomStillStarts()
    {
        var scheduler = new ResourceScheduler(Machine);
        var blocker = Enqueue(scheduler, 1000);
        StartAll(scheduler);
        var large = Enqueue(scheduler, 3500);
        for (var turns = 0; turns < 200; turns++)
        {
            Enqueue(scheduler, 500);
            StartAll(scheduler).ForEach(scheduler.Release);
        }

        var (first, second) = (Enqueue(scheduler, 500), Enqueue(scheduler, 500));
        Assert.Equal([second], StartAll(scheduler));
        scheduler.Release(blocker);
        Assert.Equal([large], StartAll(scheduler));
        scheduler.Release(second);
        Assert.Equal([first], StartAll(scheduler));
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 40)]
    [InlineData(3, 1000)]
    [InlineData(4, 100_000)]
    public void TryStart_RandomLoad_IsNeverOversubscribedAndAllOfItRuns(int seed, int shapes)
    {
        var random = new Random(seed);
        var scheduler = new ResourceScheduler(Machine);
        var load = new Dictionary<AttemptId, ResourceAmount>();
        var running = new List<AttemptId>();
        var (issued, ran, withdrawn) = (0, 0, 0);
        while (issued < 20_000 || running.Count > 0 || scheduler.Queued > 0)
        {
            for (var burst = random.Next(10); burst > 0 && issued < 20_000; burst--, issued++)
            {
                var shape = new Random(random.Next(shapes));
                var amount = new ResourceAmount(shape.Next(4001), shape.Next(1001), shape.Next(1001));
                var attempt = new AttemptId(issued, 1, issued);
                scheduler.Enqueue(attempt, amount);
                load[attempt] = amount;
                if (random.Next(20) == 0)
                {
                    Assert.True(scheduler.TryWithdraw(attempt));
                    load.Remove(attempt);
                    withdrawn++;
                }
            }

            while (scheduler.TryStart(out var attempt))
            {
                Assert.True(load.ContainsKey(attempt));
                running.Add(attempt);
            }

            var used = running.Aggregate(new ResourceAmount(0, 0, 0), (sum, attempt) => sum + load[attempt]);
            Assert.True(used.FitsIn(Machine));
            Assert.Equal(Machine - used, scheduler.Free);
            for (var ends = random.Next(1 + running.Count); ends > 0; ends--)
            {
                var index = random.Next(running.Count);
                scheduler.Release(running[index]);
                running.RemoveAt(index);
                ran++;
            }
        }

        Assert.Equal((20_000, 0), (ran + withdrawn, scheduler.Queued));
    }

    private AttemptId Enqueue(ResourceScheduler scheduler, long milliCores)
    {
        var attempt = new AttemptId(_attempts, 1, ++_attempts);
        scheduler.Enqueue(attempt, new ResourceAmount(milliCores, 10, 10));
        return attempt;
    }

    private static List<AttemptId> StartAll(ResourceScheduler scheduler)
    {
        var started = new List<AttemptId>();
        while (scheduler.TryStart(out var attempt))
        {
            started.Add(attempt);
        }

        return started;
    }
}
