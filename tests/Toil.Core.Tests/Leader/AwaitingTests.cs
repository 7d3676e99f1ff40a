using Toil.Leader;
using Toil.Values;
using Xunit;

namespace Toil.Tests.Leading;

/// <summary>Jobs that wait for what their promises lead to.</summary>
public sealed class AwaitingTests
{
    [Fact]
    public void Release_ValueNotKnownYet_WaitsForExactlyIt()
    {
        var (leader, root) = (new ReactorHarness(), ReactorHarness.NewJob("root"));
        var slow = root.AddChild(ReactorHarness.NewJob("slow"));
        var fast = root.AddChild(ReactorHarness.NewJob("fast"));
        root.AddChild(Awaiting("user", fast.Rv("x")));
        leader.Start(root);
        leader.Run("root");

        Assert.Equal(["fast", "slow"], leader.IssuedNames);
        leader.Run("fast", _ => new Dictionary<string, object?> { ["x"] = 7 });

        Assert.Equal(["slow", "user"], leader.IssuedNames);
        Assert.Equal(7L, ArgumentOf(leader, "user"));
    }

    [Fact]
    public void Release_PromiseOfAPromise_WaitsToTheEndOfTheWay()
    {
        var (leader, root) = (new ReactorHarness(), ReactorHarness.NewJob("root"));
        var maker = root.AddChild(ReactorHarness.NewJob("maker"));
        root.AddChild(Awaiting("user", maker.Rv()));
        leader.Start(root);
        leader.Run("root");
        leader.Run("maker", self => new object[] { self.AddChild(ReactorHarness.NewJob("first")), self.AddChild(ReactorHarness.NewJob("second")) });
        leader.Run("first", _ => "a");

        Assert.Equal(["second"], leader.IssuedNames);
        leader.Run("second", _ => "b");

        Assert.Equal(["a", "b"], Assert.IsType<List<object?>>(ArgumentOf(leader, "user")));
        Assert.Empty(leader.IssuedNames);
    }

    [Fact]
    public void Shape_OfAListOfPromises_IsHadBeforeTheElements_WhichCanBeHandedOn()
    {
        var (leader, root) = (new ReactorHarness(), ReactorHarness.NewJob("root"));
        var maker = root.AddChild(ReactorHarness.NewJob("maker"));
        root.AddChild(Awaiting("scatter", maker.Rv().Shape()));
        leader.Start(root);
        leader.Run("root");
        leader.Run("maker", self => new object[] { self.AddChild(ReactorHarness.NewJob("first")), self.AddChild(ReactorHarness.NewJob("second")) });

        Assert.Equal(["first", "scatter", "second"], leader.IssuedNames);
        var scatter = Only(leader, "scatter");
        var elements = Assert.IsType<List<object?>>(ValueReader.Read(leader.Launch(scatter).Arguments));
        leader.Commit(scatter, self => elements.Select((element, index) => self.AddChild(Awaiting($"use{index}", element))).ToList());
        leader.Run("second", _ => "b");

        Assert.Equal(["first", "use1"], leader.IssuedNames);
        Assert.Equal("b", ArgumentOf(leader, "use1"));
        leader.Run("first", _ => "a");
        Assert.Equal("a", ArgumentOf(leader, "use0"));
        Assert.True(leader.Reactor.IsComplete);
        // The workflow, and the root whose value is the workflow's.
        Assert.Equal(2, leader.Reactor.LiveJobs);
    }

    [Fact]
    public void Unresolved_Promise_IsHandedOverAtOnce()
    {
        var (leader, root) = (new ReactorHarness(), ReactorHarness.NewJob("root"));
        var slow = root.AddChild(ReactorHarness.NewJob("slow"));
        root.AddChild(Awaiting("planner", slow.Rv().Unresolved()));
        leader.Start(root);
        leader.Run("root");
        var planner = Only(leader, "planner");
        var promise = Assert.IsType<Promise>(ValueReader.Read(leader.Launch(planner).Arguments));
        leader.Commit(planner, self => self.AddChild(Awaiting("user", promise.Part("y"))));
        leader.Run("slow", _ => new Dictionary<string, object?> { ["y"] = true });

        Assert.Equal(true, ArgumentOf(leader, "user"));
    }

    [Fact]
    public void Fail_OfWhatIsAwaited_LeavesTheRestRunning_AndEndsTheRun()
    {
        var (leader, root) = (new ReactorHarness(), ReactorHarness.NewJob("root"));
        var bad = root.AddChild(ReactorHarness.NewJob("bad"));
        var good = root.AddChild(ReactorHarness.NewJob("good"));
        root.AddChild(Awaiting("user", bad.Rv()));
        root.AddChild(Awaiting("second", Awaiting("never", bad.Rv()) is var never ? root.AddChild(never).Rv() : null));
        leader.Start(root);
        leader.Run("root");
        leader.Fail(leader.Begin("bad"), retryable: false);
        leader.Run("good");

        Assert.Equal(WorkflowEnd.Failed, Assert.Single(leader.Commands.OfType<Command.Finish>()).End);
        Assert.Single(leader.Reactor.Failures);
        var next = leader.Resume();
        Assert.Equal(["bad"], next.IssuedNames);
        next.Run("bad", _ => 1);
        Assert.Equal(["never", "user"], next.IssuedNames);
    }

    [Fact]
    public void Resume_WhileOneWaits_WaitsOn()
    {
        var (leader, root) = (new ReactorHarness(), ReactorHarness.NewJob("root"));
        var slow = root.AddChild(ReactorHarness.NewJob("slow"));
        root.AddChild(Awaiting("user", slow.Rv()));
        leader.Start(root);
        leader.Run("root");

        var next = leader.Resume();
        Assert.Equal(["slow"], next.IssuedNames);
        next.Run("slow", _ => 3);
        next.Run("user");
        Assert.True(next.Reactor.IsComplete);
    }

    [Fact]
    public void Await_InACircleThatOnlyRunningShows_FailsInsteadOfWaitingForEver()
    {
        var (leader, root) = (new ReactorHarness(), ReactorHarness.NewJob("root"));
        var maker = root.AddChild(ReactorHarness.NewJob("maker"));
        var user = root.AddChild(Awaiting("user", maker.Rv()));
        root.AddChild(Awaiting("planner", new object[] { user.Rv().Unresolved() }));
        leader.Start(root);
        leader.Run("root");
        leader.Run("maker", self => self.AddChild(ReactorHarness.NewJob("inner")));
        leader.Run("planner");
        var inner = leader.Begin("inner");
        leader.Commit(inner, _ => new Promise(Job.Existing(inner.Job), []));

        Assert.Equal(WorkflowEnd.Failed, Assert.Single(leader.Commands.OfType<Command.Finish>()).End);
        Assert.Single(leader.Reactor.Failures);
    }

    [Fact]
    public void Validate_HandedPromiseInAJobThatDoesNotAwait_IsToldWithTheWayOut()
    {
        var running = new Job("running", ReactorHarness.NewJob("any").Code, UnboundValue.Null) { Number = 7 };
        var handed = new Promise(Job.Existing(3), []);
        running.AddChild(ReactorHarness.NewJob("early", handed.Part("x")));
        running.AddChild(Awaiting("late", handed));
        running.AddChild(ReactorHarness.NewJob("hands on", handed.Unresolved()));

        var problem = Assert.Single(Toil.Jobs.JobGraphValidator.Problems(Toil.Jobs.JobGraph.Collect([], running)));

        Assert.Equal("Job 'early' uses a promise of another job, which 'running' was given: nothing orders 'early' after that job. Let 'running' take the value itself, and pass that on.", problem);
    }

    [Fact]
    public void Validate_JobsThatAwaitEachOther_AreACircle()
    {
        var (root, first) = (ReactorHarness.NewJob("root"), ReactorHarness.NewJob("first"));
        var second = Awaiting("second", root.AddChild(first).Rv());
        first.AddChild(ReactorHarness.NewJob("between")).AddChild(second);
        var user = root.AddChild(Awaiting("user", second.Rv()));
        user.AddChild(ReactorHarness.NewJob("last"));
        Assert.Empty(Toil.Jobs.JobGraphValidator.Problems(Toil.Jobs.JobGraph.Collect([root], null)));

        var early = Awaiting("early", user.Rv());
        root.AddChild(early).AddChild(first);
        Assert.Contains("wait for each other", Assert.Single(Toil.Jobs.JobGraphValidator.Problems(Toil.Jobs.JobGraph.Collect([root], null))), StringComparison.Ordinal);
    }

    [Fact]
    public void Gather_OfManyPromises_CostsItsSizeAndNotItsSquare()
    {
        const int count = 20_000;
        var (leader, root) = (new ReactorHarness(), ReactorHarness.NewJob("root"));
        leader.Start(root);
        leader.Run("root", self =>
        {
            var elements = Enumerable.Range(0, count).Select(index => self.AddChild(ReactorHarness.NewJob($"element {index}"))).ToList();
            self.AddChild(Awaiting("gather", elements));
            return null;
        });
        var watch = System.Diagnostics.Stopwatch.StartNew();
        foreach (var attempt in leader.TakeIssued())
        {
            leader.Launch(attempt);
            leader.Commit(attempt, _ => 1);
        }

        Assert.Equal(count, Assert.IsType<List<object?>>(ArgumentOf(leader, "gather")).Count);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"It took {watch.Elapsed}.");
    }

    [Fact]
    public void Commit_PromiseOfAJobThatItWasNotHanded_AndThatIsGone_Fails()
    {
        var (leader, root) = (new ReactorHarness(), ReactorHarness.NewJob("root"));
        root.AddChild(ReactorHarness.NewJob("gone"));
        root.AddChild(ReactorHarness.NewJob("liar"));
        leader.Start(root);
        leader.Run("root");
        var gone = leader.Begin("gone");
        leader.Commit(gone);
        leader.Run("liar", self => self.AddChild(Awaiting("user", new Promise(Job.Existing(gone.Job), []))));

        Assert.Single(leader.Reactor.Failures);
    }

    [Fact]
    public void Await_OfACheckpoint_WorksOnceThatCantRunAgain()
    {
        var (leader, root) = (new ReactorHarness(), ReactorHarness.NewJob("root"));
        var checkpoint = ReactorHarness.NewJob("checkpoint");
        checkpoint.IsCheckpoint = true;
        root.AddChild(checkpoint);
        root.AddChild(Awaiting("early", checkpoint.Rv()));
        root.AddFollowOn(Awaiting("late", checkpoint.Rv()));
        leader.Start(root);
        leader.Run("root");
        Assert.Contains("which a checkpoint may run again", Assert.Single(leader.Commands.OfType<Command.ReportFailure>()).Failure.Error.Message, StringComparison.Ordinal);

        leader.Run("checkpoint", _ => 7);
        var next = leader.Resume();
        Assert.Equal(7L, ArgumentOf(next, "early"));
        Assert.Equal(7L, ArgumentOf(next, "late"));
    }

    [Fact]
    public void Await_InsideACheckpoint_OfWhatIsUndoneWithIt_OrNotAtAll_Works()
    {
        var (leader, root) = (new ReactorHarness(), ReactorHarness.NewJob("root"));
        var outside = root.AddChild(ReactorHarness.NewJob("outside"));
        var checkpoint = Awaiting("checkpoint", outside.Rv().Unresolved());
        checkpoint.IsCheckpoint = true;
        root.AddChild(checkpoint);
        leader.Start(root);
        leader.Run("root");
        var slow = leader.Begin("outside");
        leader.Run("checkpoint", self =>
        {
            self.AddChild(Awaiting("user", new[] { self.Rv(), new Promise(Job.Existing(slow.Job), []) }));
            return "own";
        });
        Assert.Empty(leader.IssuedNames);
        leader.Commit(slow, _ => "other");

        Assert.Equal(["own", "other"], Assert.IsType<List<object?>>(ArgumentOf(leader, "user")));
    }

    private static Job Awaiting(string name, object? argument)
    {
        var job = ReactorHarness.NewJob(name, argument);
        job.AwaitsPromises = true;
        return job;
    }

    private static Toil.Agents.AttemptId Only(ReactorHarness leader, string name)
    {
        var issue = leader.Commands.OfType<Command.Issue>().Single(issue => leader.Reactor.Describe(issue.Attempt.Job).Name == name);
        leader.Commands.Remove(issue);
        return issue.Attempt;
    }

    private static object? ArgumentOf(ReactorHarness leader, string name)
    {
        var attempt = Only(leader, name);
        var value = ValueReader.Read(leader.Launch(attempt).Arguments);
        leader.Commit(attempt);
        return value;
    }
}
