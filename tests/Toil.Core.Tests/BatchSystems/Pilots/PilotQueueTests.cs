using Toil.Agents;
using Toil.BatchSystems;
using Xunit;

namespace Toil.Tests.BatchSystems.Pilots;

public sealed class PilotQueueTests
{
    private static readonly ResourceAmount Small = new(1000, 10, 10);
    private static readonly ResourceAmount Large = new(4000, 10, 10);

    private readonly PilotQueue _queue = new();
    private readonly object _pilot = new();
    private readonly object _other = new();

    [Fact]
    public void TryTake_WhatFits_GivesTheLastIssuedFirst()
    {
        Add(1, Small);
        Add(2, Large);
        Add(3, Small);

        Assert.Equal([3, 1], new[] { Take(_pilot, Small), Take(_pilot, Small) });
        Assert.Equal(0, Take(_pilot, Small));
        Assert.Equal(2, Take(_pilot, Large));
        Assert.Equal((0, default(ResourceAmount)), (_queue.Count, _queue.Demand));
    }

    [Fact]
    public void TryWithdraw_WhatWaits_IsNeverGiven()
    {
        Add(1, Small);
        Add(2, Small);

        Assert.True(_queue.TryWithdraw(Id(2)));
        Assert.False(_queue.TryWithdraw(Id(2)));
        Assert.Equal((1, Small), (_queue.Count, _queue.Demand));
        Assert.Equal([1, 0], new[] { Take(_pilot, Large), Take(_pilot, Large) });
    }

    [Fact]
    public void TryTake_ShapePassedOverForLong_HasAPilotToItself()
    {
        Add(1, Large);
        for (var number = 2; number < 200; number++)
        {
            Add(number, Small);
        }

        var taken = Enumerable.Range(0, 101).Count(_ => Take(_pilot, Small) > 1);

        Assert.Equal(101, taken);
        Assert.Equal(0, Take(_pilot, Small));
        Assert.NotEqual(0, Take(_other, Small));
        Assert.Equal(1, Take(_pilot, Large));
        Assert.NotEqual(0, Take(_pilot, Small));
    }

    [Fact]
    public void Forget_ThePilotOfAShape_LetsAnotherHaveIt()
    {
        Add(1, Large);
        for (var number = 2; number < 200; number++)
        {
            Add(number, Small);
        }

        _ = Enumerable.Range(0, 102).Select(_ => Take(_pilot, Small)).ToList();
        _queue.Forget(_pilot);

        Assert.Equal(0, Take(_other, Small));
        Assert.Equal(1, Take(_other, Large));
    }

    private static AttemptId Id(int number) => new(number, 1, number);

    private void Add(int number, ResourceAmount amount) => _queue.Add(Id(number), amount);

    private long Take(object pilot, ResourceAmount free) => _queue.TryTake(pilot, free, out var attempt, out _) ? attempt.Job : 0;
}
