using Toil.Jobs;

namespace Toil.Bench;

/// <summary>The workflows that are measured.</summary>
internal enum Shape
{
    /// <summary>One job.</summary>
    Hello,

    /// <summary>One root with that many children.</summary>
    FanOut,

    /// <summary>The same, with a root that runs in the leader: all jobs are ready at once.</summary>
    Waiting,

    /// <summary>Each job adds the next and returns its promise.</summary>
    Chain,

    /// <summary>The manual's binary strings: a tree of that depth whose values are merged on the way up.</summary>
    BinaryStrings,
}

/// <summary>Builds them.</summary>
internal static class Shapes
{
    public static Job Build(Shape shape, int jobs, bool inline) => shape switch
    {
        Shape.Hello => Make(inline, Hello),
        Shape.Chain => Make(inline, inline ? InlineLink : Link, jobs),
        Shape.BinaryStrings => Make(inline, BinaryStrings, jobs, ""),
        Shape.Waiting => FanOut(jobs, inlineRoot: true, inline: false),
        _ => FanOut(jobs, inline, inline),
    };

    private static Job FanOut(int jobs, bool inlineRoot, bool inline)
    {
        var root = Make(inlineRoot, Nothing);
        for (var i = 0; i < jobs; i++)
        {
            root.AddChild(Make(inline, Nothing));
        }

        return root;
    }

    private static Job Make(bool inline, Delegate method, params object?[] arguments) =>
        MethodJob.Create(method, arguments, inline ? Vehicle.Inline : Vehicle.Assembly);

    private static string Hello() => "Hello, world!";

    private static void Nothing()
    {
    }

    private static object Link(JobContext job, int left) =>
        left == 0 ? "end" : job.AddChild(Job.Of(Link, left - 1));

    private static object InlineLink(JobContext job, int left) =>
        left == 0 ? "end" : job.AddChild(Make(true, InlineLink, left - 1));

    private static object BinaryStrings(JobContext job, int depth, string message)
    {
        if (depth == 0)
        {
            return new List<string> { message };
        }

        var left = job.AddChild(Job.Of(BinaryStrings, depth - 1, message + "0"));
        var right = job.AddChild(Job.Of(BinaryStrings, depth - 1, message + "1"));
        return job.AddFollowOn(Job.Of(Merge, left, right));
    }

    private static List<string> Merge(List<string> left, List<string> right) => [.. left, .. right];
}
