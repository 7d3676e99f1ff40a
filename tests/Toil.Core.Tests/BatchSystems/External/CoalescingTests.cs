using Toil.Agents;
using Toil.BatchSystems;
using Toil.Tests.Fakes;
using Toil.Values;
using Xunit;

namespace Toil.Tests.BatchSystems.External;

public sealed class CoalescingTests
{
    private static readonly Code Code = Job.Of(() => 1).Code;

    private readonly FakeTime _clock = new();
    private readonly RunTimes _runTimes = new();
    private int _number;

    [Fact]
    public void Plan_WithoutALimit_BundlesNothing()
    {
        Assert.Equal([1, 1, 1], Sizes(With(TimeSpan.Zero).Plan(Orders(3), _ => true)));
    }

    [Fact]
    public void Plan_UnknownJobs_SendsSomeFirstAndTheRestOnceTheyAreKnown()
    {
        var coalescing = With(TimeSpan.FromMinutes(10));

        Assert.Equal(8, coalescing.Plan(Orders(100), _ => true).Count);
        Assert.Equal(92, coalescing.Waiting.Count());
        Assert.Empty(coalescing.Plan([], _ => true));
        Learn("job", TimeSpan.FromSeconds(1));

        // Ninety seconds of work are spread, but no bundle is shorter than a tenth of the limit.
        Assert.Equal([60, 32], Sizes(coalescing.Plan([], _ => true)));
        Assert.Null(coalescing.NextRelease);
    }

    [Fact]
    public void Plan_UnknownJobs_WaitForAMomentOnly()
    {
        var coalescing = With(TimeSpan.FromMinutes(5));
        coalescing.Plan(Orders(28), _ => true);
        Assert.Equal(TimeSpan.FromSeconds(30), coalescing.NextRelease);
        _clock.Advance(TimeSpan.FromSeconds(31));

        var plan = coalescing.Plan([], _ => true);

        Assert.Equal(20, plan.Sum(bundle => bundle.Count));
        Assert.Empty(coalescing.Waiting);
    }

    [Fact]
    public void Plan_FewUnknownJobs_DoNotWait() => Assert.Equal(8, With(TimeSpan.FromMinutes(10)).Plan(Orders(8), _ => true).Sum(bundle => bundle.Count));

    [Fact]
    public void Plan_KnownJobs_TakeTheLimitTogetherAtMost()
    {
        Learn("job", TimeSpan.FromSeconds(100));

        var sizes = Sizes(With(TimeSpan.FromMinutes(10)).Plan(Orders(1000), _ => true));

        Assert.Equal(1000, sizes.Sum());
        Assert.All(sizes.SkipLast(1), size => Assert.Equal(6, size));
    }

    [Fact]
    public void Plan_LongJobs_StayAlone()
    {
        Learn("job", TimeSpan.FromHours(1));

        Assert.All(Sizes(With(TimeSpan.FromMinutes(10)).Plan(Orders(20), _ => true)), size => Assert.Equal(1, size));
    }

    [Fact]
    public void Plan_JobsOfDifferentRequests_AreApart()
    {
        Learn("job", TimeSpan.FromSeconds(1));
        var orders = Orders(10);
        orders.AddRange(Orders(10).Select(order => order with { Requirements = order.Requirements with { Cores = 2 } }));

        Assert.Equal([10, 10], Sizes(With(TimeSpan.FromMinutes(10)).Plan(orders, _ => true)));
    }

    [Fact]
    public void Plan_Services_AreAlone()
    {
        Learn("job", TimeSpan.FromSeconds(1));
        var orders = Orders(4).Select(order => order with { IsService = order.Attempt.Job % 2 == 0 });

        Assert.All(With(TimeSpan.FromMinutes(10)).Plan(orders, _ => true), bundle => Assert.True(bundle.Count == 1 || !bundle.Exists(order => order.IsService)));
    }

    [Fact]
    public void Plan_HeldJobsThatNobodyWantsAnyMore_AreDropped()
    {
        var coalescing = With(TimeSpan.FromMinutes(10));
        coalescing.Plan(Orders(100), _ => true);

        Assert.Empty(coalescing.Plan([], _ => false));

        Assert.Null(coalescing.NextRelease);
    }

    [Fact]
    public void Estimate_OfAnUnknownName_IsThatOfItsCode()
    {
        Learn("a", TimeSpan.FromSeconds(2));
        Learn("b", TimeSpan.FromSeconds(4));

        Assert.Equal(TimeSpan.FromSeconds(2), _runTimes.EstimateOf(Order("a")));
        Assert.Equal(TimeSpan.FromSeconds(3), _runTimes.EstimateOf(Order("c")));
    }

    private Coalescing With(TimeSpan limit) => new(limit, _runTimes, _clock);

    private void Learn(string name, TimeSpan time) => _runTimes.Add(new RemoteAttempt(new AttemptId(1, 1, 1)) { Name = name, Code = Code.Id }, time);

    private List<LaunchOrder> Orders(int count) => [.. Enumerable.Range(0, count).Select(_ => Order("job"))];

    private LaunchOrder Order(string name) => new(
        new AttemptId(++_number, 1, _number), name, 1, new Requirements(1, 1, 1), Code, ClrValues.Encode((long)_number).Bind(_ => 0));

    private static IEnumerable<int> Sizes(IEnumerable<List<LaunchOrder>> plan) => plan.Select(bundle => bundle.Count);
}
