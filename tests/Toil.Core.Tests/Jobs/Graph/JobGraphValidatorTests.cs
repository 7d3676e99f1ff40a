using System.Diagnostics;
using Toil.Jobs;
using Toil.Values;
using Xunit;

namespace Toil.Tests.Jobs.Graph;

public sealed class JobGraphValidatorTests
{
    private readonly Job _root = New("root");

    [Fact]
    public void Problems_Diamond_HasNone()
    {
        var (left, right, join) = (New("left"), New("right"), New("join"));
        _root.AddChild(left).AddChild(join);
        _root.AddChild(right).AddFollowOn(join);

        Assert.Empty(Problems());
    }

    [Fact]
    public void Problems_ChildThatIsAlsoFollowOn_WaitsForItself()
    {
        var job = _root.AddChild(New("a"));
        _root.AddFollowOn(job);

        Assert.Contains("These jobs wait for each other: ", Assert.Single(Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void Problems_CycleOfChildren_NamesItsJobs()
    {
        var (a, b) = (New("a"), New("b"));
        _root.AddChild(a).AddChild(b).AddChild(a);

        var problem = Assert.Single(Problems());
        Assert.Contains("'a'", problem, StringComparison.Ordinal);
        Assert.Contains("'b'", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Problems_CycleThroughCompletion_IsFound()
    {
        var (child, followOn) = (New("child"), New("followOn"));
        _root.AddChild(child);
        _root.AddFollowOn(followOn).AddChild(child);

        Assert.NotEmpty(Problems());
    }

    [Fact]
    public void Problems_PromiseOfProducerBefore_HasNone()
    {
        var producer = New("producer");
        var inner = New("inner");
        _root.AddChild(New("between")).AddChild(producer).AddChild(inner);
        producer.AddChild(New("child", producer));
        producer.AddFollowOn(New("followOn", producer, inner));
        _root.AddFollowOn(New("followOnOfAncestor", producer, inner, _root));

        Assert.Empty(Problems());
    }

    [Fact]
    public void Problems_PromisesUsedTooEarly_AreAllNamed()
    {
        var (left, right) = (New("left"), New("right"));
        _root.AddChild(left);
        _root.AddChild(right);
        _root.AddChild(New("sibling", left));
        right.AddFollowOn(New("cousin", left));

        var problems = Problems();

        Assert.Equal(2, problems.Count);
        Assert.Contains(problems, problem => problem.Contains("'sibling' uses the promise of left", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("'cousin' uses the promise of left", StringComparison.Ordinal));
    }

    [Fact]
    public void Problems_WithinARunningJob_ReportsAllTogether()
    {
        var owner = new Job("owner", Job.Of(() => 1).Code, UnboundValue.Null) { Number = 5 };
        var orphan = New("orphan");
        owner.AddChild(New("user", owner, orphan));
        var stranger = new Job("stranger", owner.Code, UnboundValue.Null) { Number = 9 };
        stranger.AddChild(owner.AddChild(New("adopted")));

        owner.AddFollowOn(new Job("other", owner.Code, UnboundValue.Null) { Number = 10 });

        var problems = JobGraphValidator.Problems(JobGraph.Collect([], owner));

        Assert.Contains(problems, problem => problem.Contains("'adopted' was linked to job 'stranger'", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("'owner' was linked to job 'other'", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("Nothing starts job 'orphan'", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("'user' uses the promise of orphan", StringComparison.Ordinal));
        Assert.DoesNotContain(problems, problem => problem.Contains("promise of owner", StringComparison.Ordinal));
    }

    [Fact]
    public void Validate_Problems_ThrowsThemAll()
    {
        _root.AddChild(New("child")).AddChild(_root);

        Assert.Single(Assert.Throws<JobGraphException>(() => JobGraphValidator.Validate(JobGraph.Collect([_root], null))).Problems);
    }

    [Fact]
    public void Problems_WideScatterAndGather_TakesTimeInProportion()
    {
        var gather = _root.AddFollowOn(New("gather"));
        var parts = Enumerable.Range(0, 20_000).Select(_ => _root.AddChild(New("part", _root))).ToArray();
        _root.AddFollowOn(New("all", [.. parts]));
        foreach (var part in parts)
        {
            gather.AddChild(New("use", part));
        }

        var watch = Stopwatch.StartNew();
        Assert.Empty(Problems());
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"It took {watch.Elapsed}.");
    }

    private static Job New(string name, params Job[] promised) => new(name, Job.Of(() => 1).Code, ClrValues.Encode(promised));

    private List<string> Problems() => JobGraphValidator.Problems(JobGraph.Collect([_root], null));
}
