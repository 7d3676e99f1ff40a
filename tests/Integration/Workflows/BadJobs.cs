using System.Diagnostics;

namespace Toil.Integration.Workflows;

/// <summary>Jobs that do what jobs shouldn't.</summary>
internal static class BadJobs
{
    public static string FailUntilOpen(JobContext job, Plan plan)
    {
        plan.Begin(job);
        return plan.IsOpen ? "mended" : throw new InvalidOperationException("The cause that has to be mended.");
    }

    public static void CallExit(JobContext job, Plan plan)
    {
        plan.Begin(job);
        Console.WriteLine("The last words before the exit.");
        Environment.Exit(7);
    }

    public static void KillItself(JobContext job, Plan plan)
    {
        plan.Begin(job);
        Process.GetCurrentProcess().Kill();

        // The signal is on its way: nothing more must happen here.
        Thread.Sleep(Timeout.Infinite);
    }

    /// <summary>Never ends, so that only a kill ends it.</summary>
    public static void Hang(JobContext job, Plan plan)
    {
        plan.Begin(job);

        // Waits for nothing: it is what hanging means.
        Thread.Sleep(Timeout.Infinite);
    }

    public static void HeedCancel(JobContext job, Plan plan)
    {
        plan.Begin(job);
        while (!plan.IsOpen)
        {
            job.Cancellation.WaitHandle.WaitOne(10);
            job.Cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Leaves a file outside of its directory while it waits for the gate, and has it removed.</summary>
    public static void DeferAndWait(JobContext job, Plan plan)
    {
        var mess = $"{plan.Runs}.mess";
        job.Defer(CleanUp, plan, mess);
        File.WriteAllText(mess, "");
        plan.Begin(job);
        while (!plan.IsOpen)
        {
            job.Cancellation.WaitHandle.WaitOne(10);
            job.Cancellation.ThrowIfCancellationRequested();
        }
    }

    public static void CleanUp(Plan plan, string mess)
    {
        File.Delete(mess);
        RunLog.Add(plan.Runs, "cleaned up");
    }

    public static void MisuseEngine(JobContext job, Plan plan)
    {
        plan.Begin(job);
        job.AddChild(Job.Of(Hang, plan, "one argument too many"));
    }

    public static void Chatter(JobContext job, Plan plan, int megabytes)
    {
        plan.Begin(job);
        var line = new string('x', 1023) + "\n";
        var many = string.Concat(Enumerable.Repeat(line, 1024));
        for (var megabyte = 0; megabyte < megabytes; megabyte++)
        {
            Console.Write(many);
        }

        Console.WriteLine("The last line of all.");
        throw new InvalidOperationException("Said enough.");
    }

    public static object ReturnHandle(JobContext job, Plan plan)
    {
        plan.Begin(job);
        return new Dictionary<string, object> { ["result"] = new object[] { 1, Stream.Null } };
    }
}
