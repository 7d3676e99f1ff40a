using Toil.Jobs;

namespace Toil.Integration.Workflows;

/// <summary>The workflows that tests start.</summary>
public enum Shape
{
    /// <summary>A root with many children, whose values a follow-on adds up.</summary>
    FanOut,

    /// <summary>The same, but the last child waits for the gate.</summary>
    FanOutThatWaits,

    /// <summary>Each job adds the next and returns its promise.</summary>
    Chain,

    /// <summary>A tree that grows while it runs, its values merged by follow-ons.</summary>
    Tree,

    /// <summary>Files written, read, joined and deleted.</summary>
    Files,

    /// <summary>One job that writes many files, which nobody deletes.</summary>
    ManyFiles,

    /// <summary>Jobs that do nothing at all, and write no line either.</summary>
    NoOps,

    /// <summary>Many inline jobs, then jobs in workers that wait for the gate.</summary>
    ManyThenWaiting,

    /// <summary>Many inline jobs, so that a resume makes a snapshot, then all of the first four at once.</summary>
    ManyThenAll,

    /// <summary>Jobs that fail until the gate is open, between others that don't.</summary>
    FailUntilOpen,

    /// <summary>A job that ends its process by exit.</summary>
    CallsExit,

    /// <summary>A job that kills its own process.</summary>
    KillsItself,

    /// <summary>A job that neither ends nor heeds its cancellation.</summary>
    Hangs,

    /// <summary>A job that waits for its cancellation, and says so when it comes.</summary>
    HeedsCancel,

    /// <summary>A job that asks the engine for something that it refuses.</summary>
    MisusesEngine,

    /// <summary>A job that fails after so many megabytes of output.</summary>
    Chatters,

    /// <summary>A job that returns what can't be kept.</summary>
    ReturnsHandle,

    /// <summary>A command that fails after having written.</summary>
    FailingCommand,

    /// <summary>A command that isn't there.</summary>
    AbsentCommand,

    /// <summary>A command whose output a job reads.</summary>
    WorkingCommand,

    /// <summary>A job that asks for more than any machine has, beside one that could run.</summary>
    TooLarge,

    /// <summary>Several things that can't run, each for another reason.</summary>
    Malformed,

    /// <summary>One job that writes a file and fails its first try, so that its files must go.</summary>
    FilesOfFailedTry,

    /// <summary>A service that children ask, and a follow-on of theirs.</summary>
    Service,

    /// <summary>The same, but the service fails once the gate is open.</summary>
    FailingService,

    /// <summary>A job that defers an action and waits for the gate.</summary>
    Deferred,

    /// <summary>C# jobs, commands and files of every kind in between, for crashes.</summary>
    Mixture,

    /// <summary>Files of 100,000 bytes, written and read by jobs that begin when the gate is open.</summary>
    Bulk,

    /// <summary>One job that returns a file.</summary>
    OneFile,

    /// <summary>A command that waits for the gate.</summary>
    WaitingCommand,

    /// <summary>A command that uses a gigabyte of memory for some time.</summary>
    EatsMemory,

    /// <summary>A job whose containers tell what they see.</summary>
    Containers,

    /// <summary>A job whose container fails.</summary>
    FailingContainer,

    /// <summary>A job whose container takes more memory than it asks for, so that only a retry that has twice as much succeeds.</summary>
    HungryContainer,

    /// <summary>A job whose container waits for the gate.</summary>
    WaitingContainer,
}

/// <summary>Builds them.</summary>
internal static class Shapes
{
    public static Job Build(Shape shape, int jobs, Plan plan) => shape switch
    {
        Shape.FanOut => Job.Of(GraphJobs.FanOut, plan, jobs),
        Shape.FanOutThatWaits => Job.Of(GraphJobs.FanOutThatWaits, plan, jobs),
        Shape.Chain => Job.Of(GraphJobs.Link, plan, jobs),
        Shape.Tree => Job.Of(GraphJobs.Split, plan, jobs, ""),
        Shape.Files => Job.Of(FileJobs.Write, plan, jobs),
        Shape.ManyFiles => Job.Of(FileJobs.WriteMany, plan, jobs),
        Shape.NoOps => NoOps(jobs, Vehicle.Assembly),
        Shape.ManyThenWaiting => ManyThenWaiting(jobs, plan),
        Shape.ManyThenAll => MethodJob.Create(GraphJobs.AddManyThenAll, [plan, jobs], Vehicle.Inline),
        Shape.FailUntilOpen => FailUntilOpen(jobs, plan),
        Shape.CallsExit => Job.Of(BadJobs.CallExit, plan),
        Shape.KillsItself => Job.Of(BadJobs.KillItself, plan),
        Shape.Hangs => Job.Of(BadJobs.Hang, plan),
        Shape.HeedsCancel => Job.Of(BadJobs.HeedCancel, plan),
        Shape.MisusesEngine => Job.Of(BadJobs.MisuseEngine, plan),
        Shape.Chatters => Job.Of(BadJobs.Chatter, plan, jobs),
        Shape.ReturnsHandle => Job.Of(BadJobs.ReturnHandle, plan),
        Shape.FailingCommand => Job.Command("sh", "-c", "echo to standard output; echo a word of why >&2; exit 3"),
        Shape.AbsentCommand => Job.Command("no-such-command-anywhere", "argument"),
        Shape.WorkingCommand => Job.Of(FileJobs.RunCommand, plan),
        Shape.TooLarge => TooLarge(plan),
        Shape.Malformed => Malformed(plan),
        Shape.FilesOfFailedTry => Job.Of(FileJobs.FailOnceWithFiles, plan),
        Shape.Service => ServiceJobs.Build(plan, jobs, failing: false),
        Shape.Deferred => Job.Of(BadJobs.DeferAndWait, plan),
        Shape.Mixture => Job.Of(MixedJobs.AddAll, plan, jobs),
        Shape.Bulk => Job.Of(FileJobs.AddBulk, plan, jobs),
        Shape.OneFile => Job.Of(FileJobs.WriteOne, plan),
        Shape.WaitingCommand => Job.Command("sh", "-c", "while [ ! -e \"$0\" ]; do sleep 0.05; done", plan.Gate),
        Shape.EatsMemory => Job.Command("sh", "-c", "{ head -c 1000000000 /dev/zero; sleep 20; } | tail -n 1 > /dev/null"),
        Shape.Containers => Job.Of(ContainerJobs.LookAround, plan),
        Shape.HungryContainer => Job.Of(ContainerJobs.EatMemory, plan),
        Shape.FailingContainer => Job.Of(ContainerJobs.Fail, plan),
        Shape.WaitingContainer => Job.Of(ContainerJobs.Wait, plan),
        Shape.FailingService => ServiceJobs.Build(plan, jobs, failing: true),
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "There is no such shape."),
    };

    public static Job NoOps(int jobs, Vehicle vehicle)
    {
        var root = MethodJob.Create(GraphJobs.Nothing, [], vehicle);
        for (var i = 0; i < jobs; i++)
        {
            root.AddChild(MethodJob.Create(GraphJobs.Nothing, [], vehicle));
        }

        return root;
    }

    private static Job ManyThenWaiting(int jobs, Plan plan)
    {
        var root = NoOps(jobs, Vehicle.Inline);
        root.AddFollowOn(Job.Of(GraphJobs.AddWaiting, plan, 1000));
        return root;
    }

    private static Job FailUntilOpen(int jobs, Plan plan)
    {
        var root = Job.Of(GraphJobs.Square, plan, 0);
        for (var i = 0; i < jobs; i++)
        {
            root.AddChild(Job.Of(GraphJobs.Square, plan, i));
        }

        root.AddChild(Job.Of(BadJobs.FailUntilOpen, plan)).AddChild(Job.Of(GraphJobs.Square, plan, 3).With(name: "after the failure"));
        return root;
    }

    private static Job TooLarge(Plan plan)
    {
        var root = Job.Of(GraphJobs.Square, plan, 1);
        root.AddChild(Job.Of(GraphJobs.Square, plan, 2).With(name: "many cores", cores: 100_000));
        root.AddChild(Job.Of(GraphJobs.Square, plan, 3).With(name: "much memory", memory: ByteSize.Parse("900Ti")));
        return root;
    }

    private static Job Malformed(Plan plan)
    {
        var root = Job.Of(GraphJobs.Square, plan, 1).With(name: "root");
        var first = root.AddChild(Job.Of(GraphJobs.Square, plan, 2).With(name: "first"));
        first.AddChild(Job.Of(GraphJobs.Square, plan, 3).With(name: "second")).AddChild(first);
        root.AddChild(Job.Of(GraphJobs.Square, plan, Job.Of(GraphJobs.Square, plan, 4).With(name: "nobody starts it")).With(name: "reader"));
        root.AddChild(Job.Of(GraphJobs.Square, plan, 5).With(name: "huge", memory: ByteSize.Parse("900Ti")));
        return root;
    }
}
