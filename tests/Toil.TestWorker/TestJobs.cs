using System.Collections;
using System.Diagnostics;
using System.Globalization;
using Toil.Agents;

namespace Toil.TestWorker;

/// <summary>The jobs that agent tests run.</summary>
internal static class TestJobs
{
    /// <summary>Runs a shell command as an inline job's own process.</summary>
    /// <returns>Its exit code.</returns>
    public static async Task<int> RunShell(string script, JobContext context) => (await RunShellAsync(script, undo: null, context).ConfigureAwait(false)).Code;

    /// <summary>Fails when the script does. What it leaves is a file, which is to be removed then.</summary>
    public static async Task RunUndoable(string script, string left, JobContext context)
    {
        if (!(await RunShellAsync(script, ["rm", left], context).ConfigureAwait(false)).Succeeded)
        {
            throw new ToilException("The script failed.");
        }
    }

    private static async Task<ChildExit> RunShellAsync(string script, string[]? undo, JobContext context)
    {
        var start = new ChildStart("sh", ["-c", script])
        {
            Environment = new Dictionary<string, string> { ["PATH"] = Environment.GetEnvironmentVariable("PATH")! },
            WorkingDirectory = context.TempDirectory,
            OutputPath = Path.Combine(context.TempDirectory, "out"),
            Undo = undo,
        };
        context.Log("begins");
        return await context.RunProcessAsync(start, context.Cancellation).ConfigureAwait(false);
    }

    public static void Nothing()
    {
    }

    public static int Double(int number) => 2 * number;

    public static int WorkerProcess() => Environment.ProcessId;

    public static void Fail()
    {
        Console.WriteLine("reading the table");
        throw new InvalidOperationException("the table is empty");
    }

    public static void Exit(int code) => Environment.Exit(code);

    public static void KillItself() => Process.GetCurrentProcess().Kill();

    /// <summary>Says that it has begun, and then waits to be told to stop.</summary>
    public static async Task WaitForCancellation(JobContext job)
    {
        job.Log("begun");
        await Task.Delay(Timeout.Infinite, job.Cancellation);
    }

    /// <summary>Says that it has begun, and never ends.</summary>
    public static void Hang(JobContext job)
    {
        job.Log("begun");
        Thread.Sleep(Timeout.Infinite);
    }

    public static void WriteMuchAndFail(int megabytes)
    {
        var line = new string('x', 1023);
        for (var i = 0; i < megabytes * 1024; i++)
        {
            Console.WriteLine(line);
        }

        Console.WriteLine("the end");
        throw new InvalidOperationException("too much");
    }

    /// <summary>Writes to both streams, to the real-time log, and to the leader's.</summary>
    public static async Task<bool> Talk(JobContext job)
    {
        Console.WriteLine("out");
        await Console.Error.WriteLineAsync("err");
        RealTimeLogger.Info("now");
        await Task.Run(() => RealTimeLogger.Warning("from another thread"));
        job.LogInRealTime("by name");
        job.Log("last");
        return RealTimeLogger.IsOn;
    }

    public static Job AddChild(JobContext job) => job.AddChild(Job.Of(Double, 21));

    public static Job ForgetToLink() => Job.Of(Double, 21);

    public static List<string> ToilVariables() =>
        [.. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => (string)entry.Key).Where(name => name.StartsWith("TOIL_", StringComparison.Ordinal))];

    public static string WriteTempFile(JobContext job)
    {
        File.WriteAllText(Path.Combine(job.TempDirectory, "data"), "content");
        return job.TempDirectory;
    }

    public static void Delete(JobContext job) => job.Files.Delete(new FileId("old", "old", 1));

    public static double Burn(int milliseconds)
    {
        var start = Environment.CpuUsage.TotalTime;
        while (Environment.CpuUsage.TotalTime - start < TimeSpan.FromMilliseconds(milliseconds))
        {
        }

        return Environment.CpuUsage.TotalTime.TotalSeconds;
    }

    public static int Allocate(int megabytes)
    {
        var memory = new byte[megabytes << 20];
        memory.AsSpan().Fill(1);
        return memory[^1];
    }

    /// <summary>A variable as this process sees it, and as a child process does.</summary>
    public static string Variable(string name)
    {
        using var child = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"printf %s \"${name}\""]) { RedirectStandardOutput = true })!;
        return $"{Environment.GetEnvironmentVariable(name)} {child.StandardOutput.ReadToEnd()}";
    }

    /// <summary>Defers three actions that add lines to a file, the second of which fails, and ends in the way that is named.</summary>
    public static void DeferAndEnd(JobContext job, string path, string how)
    {
        job.Defer(AddLine, path, "first", false);
        job.Defer(AddLine, path, "second", true);
        job.Defer(AddLine, path, "third", false);
        File.AppendAllText(path, "job\n");
        switch (how)
        {
            case "fail":
                throw new InvalidOperationException("failed");
            case "die":
                Process.GetCurrentProcess().Kill();
                Thread.Sleep(Timeout.Infinite);
                break;
            case "wait":
                job.Log("begun");
                Task.Delay(Timeout.Infinite, job.Cancellation).Wait();
                break;
        }
    }

    public static void DeferPromise(JobContext job) => job.Defer(AddLine, "", job.AddChild(Job.Of(Nothing)), false);

    public static void DeferWithContext(JobContext job) => job.Defer(WriteTempFile);

    public static void AddLine(string path, string line, bool fail)
    {
        File.AppendAllText(path, $"{line}\n");
        if (fail)
        {
            throw new InvalidOperationException("bad action");
        }
    }

    public static void AllocateAndHang(int megabytes)
    {
        Allocate(megabytes);
        Thread.Sleep(Timeout.Infinite);
    }

    /// <summary>Starts a process that holds a pipe's writing end open for as long as it lives, then waits.</summary>
    public static void StartHolder(JobContext job, string pipe, bool escape)
    {
        HolderProcess.Start(pipe, escape);
        job.Log(Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        Thread.Sleep(Timeout.Infinite);
    }
}
