using Toil.Jobs;

namespace Toil.Integration.Workflows;

/// <summary>Jobs that only compute and add jobs.</summary>
internal static class GraphJobs
{
    public static void Nothing()
    {
    }

    /// <summary>Adds one child for each number, and returns the promise of the sum of their squares.</summary>
    public static Job FanOut(JobContext job, Plan plan, int numbers)
    {
        plan.Begin(job);
        var squares = Enumerable.Range(1, numbers).Select(number => job.AddChild(Job.Of(Square, plan, number))).ToList();
        return job.AddFollowOn(Job.Of(Sum, plan, squares));
    }

    /// <summary>The same with a last child that waits for the gate.</summary>
    public static Job FanOutThatWaits(JobContext job, Plan plan, int numbers)
    {
        plan.Begin(job);
        var squares = Enumerable.Range(1, numbers).Select(number => job.AddChild(Job.Of(SquareOnceOpen, plan, number, numbers))).ToList();
        return job.AddFollowOn(Job.Of(Sum, plan, squares));
    }

    public static long SquareOnceOpen(JobContext job, Plan plan, long number, long last)
    {
        if (number < last)
        {
            return Square(job, plan, number);
        }

        WaitForGate(job, plan);
        return number * number;
    }

    public static long Square(JobContext job, Plan plan, long number)
    {
        plan.Begin(job);
        return number * number;
    }

    public static long Sum(JobContext job, Plan plan, List<long> values)
    {
        plan.Begin(job);
        return values.Sum();
    }

    /// <summary>Adds the next link, and returns its promise: the value of the last one comes all the way back.</summary>
    public static object Link(JobContext job, Plan plan, int left)
    {
        plan.Begin(job);
        return left == 0 ? "the end of the chain" : job.AddChild(Job.Of(Link, plan, left - 1));
    }

    /// <summary>Adds two children that do the same for longer texts, and a follow-on that joins what they return.</summary>
    public static object Split(JobContext job, Plan plan, int depth, string text)
    {
        plan.Begin(job);
        if (depth == 0)
        {
            return text;
        }

        var left = job.AddChild(Job.Of(Split, plan, depth - 1, text + "0"));
        var right = job.AddChild(Job.Of(Split, plan, depth - 1, text + "1"));
        return job.AddFollowOn(Job.Of(Join, plan, left, right));
    }

    public static string Join(JobContext job, Plan plan, string left, string right)
    {
        plan.Begin(job);
        return $"{left} {right}";
    }

    /// <summary>Adds jobs that do nothing, and a follow-on that does something.</summary>
    public static Job AddManyThenAll(JobContext job, Plan plan, int count)
    {
        for (var i = 0; i < count; i++)
        {
            job.AddChild(MethodJob.Create(Nothing, [], Vehicle.Inline));
        }

        return job.AddFollowOn(Job.Of(AddAll, plan));
    }

    /// <summary>Adds a job of each kind that adds others, and joins what they return.</summary>
    public static Job AddAll(JobContext job, Plan plan)
    {
        plan.Begin(job);
        var sum = job.AddChild(Job.Of(FanOut, plan, 10));
        var end = job.AddChild(Job.Of(Link, plan, 10));
        var texts = job.AddChild(Job.Of(Split, plan, 2, ""));
        var files = job.AddChild(Job.Of(FileJobs.Write, plan, 6));
        var left = job.AddFollowOn(Job.Of(Join, plan, end, files));
        return left.AddFollowOn(Job.Of(JoinThree, plan, sum, left, texts));
    }

    public static string JoinThree(JobContext job, Plan plan, long first, string second, string third)
    {
        plan.Begin(job);
        return $"{first} {second} {third}";
    }

    /// <summary>Adds jobs that wait for the gate.</summary>
    public static void AddWaiting(JobContext job, Plan plan, int count)
    {
        for (var i = 0; i < count; i++)
        {
            job.AddChild(Job.Of(WaitForGate, plan));
        }
    }

    public static void WaitForGate(JobContext job, Plan plan)
    {
        plan.Begin(job);
        while (!plan.IsOpen)
        {
            job.Cancellation.WaitHandle.WaitOne(10);
            job.Cancellation.ThrowIfCancellationRequested();
        }
    }
}
