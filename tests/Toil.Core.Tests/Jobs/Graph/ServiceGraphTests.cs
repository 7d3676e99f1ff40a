using Toil.Jobs;
using Toil.Values;
using Xunit;

namespace Toil.Tests.Jobs;

public sealed class ServiceGraphTests
{
    [Fact]
    public void Problems_SuccessorsUseTheServicesOfTheirOwner_None()
    {
        var owner = Job.Of(() => 1);
        var service = owner.AddService(Job.Of(new Server()));
        var sub = service.AddService(Job.Of(new Server { Parent = service }));
        owner.AddChild(Job.Of((object x) => x, sub)).AddFollowOn(Job.Of((object x) => x, service));
        owner.AddFollowOn(Job.Of((object x) => x, service));

        Assert.Empty(Problems(owner));
    }

    [Fact]
    public void Problems_OwnerUsesItsService_SaysSo()
    {
        var server = Job.Of(new Server());
        var owner = Job.Of((object x) => x, server);
        owner.AddService(server);

        var problem = Assert.Single(Problems(owner));
        Assert.Contains("isn't ordered after 'Server'", problem, StringComparison.Ordinal);
        Assert.Contains("make it a child of", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Problems_ParentServiceUsesItsSubService_SaysSo()
    {
        var sub = Job.Of(new Server());
        var service = Job.Of(new Server { Parent = sub });
        service.AddService(sub);
        var owner = Job.Of(() => 1);
        owner.AddService(service);

        Assert.Contains("uses the promise of Server", Assert.Single(Problems(owner)), StringComparison.Ordinal);
    }

    [Fact]
    public void Problems_ServiceWithSuccessors_NamesThem()
    {
        var owner = Job.Of(() => 1);
        owner.AddService(Job.Of(new Server())).AddChild(Job.Of(() => 2).With(name: "child"));

        Assert.Contains("'Server' has the successor 'child'", Assert.Single(Problems(owner)), StringComparison.Ordinal);
    }

    [Fact]
    public void Problems_ServiceOfTwoJobs_NamesBoth()
    {
        var root = Job.Of(() => 1);
        var service = root.AddChild(Job.Of(() => 2).With(name: "one")).AddService(Job.Of(new Server()));
        root.AddChild(Job.Of(() => 2).With(name: "other")).AddService(service);

        Assert.Contains("'one', 'other'", Assert.Single(Problems(root)), StringComparison.Ordinal);
    }

    [Fact]
    public void Problems_ServiceOfNobody_SaysWhatToDo()
    {
        var root = Job.Of((object x) => x, Job.Of(new Server()));

        Assert.Contains(Problems(root), problem => problem.Contains("belongs to no job", StringComparison.Ordinal));
    }

    [Fact]
    public void AddService_OrdinaryJob_Throws() =>
        Assert.Throws<ToilException>(() => Job.Of(() => 1).AddService(Job.Of(() => 2)));

    [Fact]
    public void Problems_CheckpointWithSuccessors_SaysSo()
    {
        var root = Job.Of(() => 1).With(name: "root");
        root.IsCheckpoint = true;
        root.AddChild(Job.Of(() => 2).With(name: "child"));

        Assert.Contains("'root' is a checkpoint", Assert.Single(Problems(root)), StringComparison.Ordinal);
    }

    [Fact]
    public void Encapsulate_JobWithPredecessor_TakesItsPlaceAndPutsWhatIsAddedBehindItsWholeSubtree()
    {
        var root = Job.Of(() => 0).With(name: "root");
        var inner = root.AddChild(Job.Of(() => 1).With(name: "inner"));
        var innerChild = inner.AddFollowOn(Job.Of(() => 2).With(name: "inner child"));

        var capsule = inner.Encapsulate();
        var after = capsule.AddChild(Job.Of((int x) => x, innerChild).With(name: "after"));

        Assert.Equal([capsule], root.Children);
        Assert.Equal([capsule], inner.Predecessors);
        Assert.Same(inner, capsule.Rv().Producer);
        Assert.Empty(Problems(root));
        Assert.Equal("after inner", Assert.Single(after.Predecessors).Name);
    }

    [Fact]
    public void Collect_PromisedFunction_RunsInTheConsumersPlace()
    {
        var root = Job.Of(() => 10).With(name: "root");
        var consumer = root.AddFollowOn(Job.Of(() => 1).With(name: "consumer"));
        consumer.Require(RequestPart.Memory, PromisedRequirement.Of((int x) => x * 2, root.Rv()));
        consumer.Require(RequestPart.Cores, PromisedRequirement.Of((int x) => x, root.Rv()));

        var graph = JobGraph.Collect([root], owner: null, soleRoot: root);

        Assert.Equal(4, graph.Jobs.Count);
        var first = Assert.Single(root.FollowOns);
        var second = Assert.Single(first.Children);
        Assert.Equal([consumer], second.Children);
        Assert.Equal([second], consumer.Predecessors);
        Assert.Empty(JobGraphValidator.Problems(graph));
        Assert.Empty(JobGraphValidator.Problems(JobGraph.Collect([root], owner: null, soleRoot: root)));
    }

    [Fact]
    public void Collect_PromisedFunctionOfTheRoot_BecomesTheRoot()
    {
        var root = Job.Of(() => 1).Require(RequestPart.Cores, PromisedRequirement.Of(() => 1));

        var graph = JobGraph.Collect([root], owner: null, soleRoot: root);

        Assert.Empty(JobGraphValidator.Problems(graph));
        Assert.Equal([root], graph.SoleRoot!.Children);
    }

    [Fact]
    public void Problems_PromisedRequirementOfALaterJob_SaysSo()
    {
        var root = Job.Of(() => 1).With(name: "root");
        var late = root.AddChild(Job.Of(() => 2).With(name: "late"));
        root.Require(RequestPart.Cores, late.Rv());

        Assert.Contains("isn't ordered after 'late'", Assert.Single(Problems(root)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2Gi", 2L << 30)]
    [InlineData(1000L, 1000L)]
    public void Resolve_Memory_TakesSizesAndNumbers(object value, long bytes) => Assert.Equal(bytes, Resolve("Memory", value).Memory!.Value.Bytes);

    [Theory]
    [InlineData("Cores", "many", "'many'")]
    [InlineData("Cores", -1L, "more than 0")]
    [InlineData("Memory", null, "null")]
    public void Resolve_NotARequirement_NamesPartAndValue(string part, object? value, string said) =>
        Assert.Contains(said, Assert.Throws<ToilException>(() => Resolve(part, value)).Message, StringComparison.Ordinal);

    private static ResourceRequest Resolve(string part, object? value) =>
        PromisedRequest.Resolve(ResourceRequest.Defaults, ClrValues.Encode(new Dictionary<string, object?> { [part] = value }).Bind(_ => 0));

    private static List<string> Problems(Job root) => JobGraphValidator.Problems(JobGraph.Collect([root], owner: null, soleRoot: root));

    private sealed class Server : IService
    {
        public Promised<object>? Parent { get; set; }

        public Task<object?> StartAsync(JobContext job) => Task.FromResult<object?>("address");

        public Task<bool> CheckAsync(JobContext job) => Task.FromResult(true);

        public Task StopAsync(JobContext job) => Task.CompletedTask;
    }
}
