using Toil.CallCaching;
using Toil.Integration.Workflows;

namespace Toil.Integration.Tests.Extenders;

/// <summary>Workflows that share a call cache.</summary>
public sealed class CallCacheTests
{
    [Fact]
    public async Task SecondWorkflow_RunsOnlyWhatAddsJobsOrDeletesFiles()
    {
        using var scratch = new Scratch();
        var first = await RunAsync(scratch, "one");
        var runs = scratch.Runs.Count;

        var second = await RunAsync(scratch, "two");

        Assert.Equal("5010 bytes", first.ExpectOutput());
        Assert.Equal("5010 bytes", second.ExpectOutput());
        Assert.Equal(7, runs);

        // The first and the last job: the one adds jobs, the other deletes files.
        Assert.Equal(["Gather", "Write"], scratch.Runs.Read().Skip(runs).Select(run => run.Name).Order());
        Assert.Contains("its result is in the call cache", second.Error, StringComparison.Ordinal);
        Assert.Equal(5, CallCache.List(scratch["cache"]).Count());
    }

    [Fact]
    public async Task Hit_SharesTheBytesOfItsFiles()
    {
        using var scratch = new Scratch();
        await RunAsync(scratch, "one");
        await RunAsync(scratch, "two");

        var call = CallCache.List(scratch["cache"]).First();

        var file = Assert.Single(call.Results);
        Assert.Equal(64, call.Key.Name.Length);
        Assert.Equal("Raise", call.Job);
        Assert.Equal((file.Size, "raised.txt"), (Assert.Single(call.Key.Files).Size, file.Name));
    }

    [Fact]
    public async Task Entry_WhoseFileWasChanged_IsNotUsed()
    {
        using var scratch = new Scratch();
        await RunAsync(scratch, "one");
        var runs = scratch.Runs.Count;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(scratch["cache"], "calls"), "0", SearchOption.AllDirectories))
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            await File.AppendAllTextAsync(file, "!", TestContext.Current.CancellationToken);
        }

        var exit = await RunAsync(scratch, "two");

        Assert.Equal("5010 bytes", exit.ExpectOutput());
        Assert.Equal(7, scratch.Runs.Count - runs);
    }

    [Fact]
    public async Task ManyWorkflowsAtOnce_OneKilled_AllEndRight()
    {
        using var scratch = new Scratch();
        var processes = Enumerable.Range(0, 3).Select(i => Start(scratch, $"store{i}", "--delay", "20")).ToList();
        await scratch.Runs.WaitForAsync(4);
        await processes[0].KillAsync();

        var exits = await Task.WhenAll(processes.Skip(1).Select(process => process.WaitAsync()));
        var resumed = Start(scratch, "store0", "--restart");
        var end = await resumed.WaitAsync();
        processes.Append(resumed).ToList().ForEach(process => process.Dispose());

        Assert.All(exits.Append(end), exit => Assert.Equal("5010 bytes", exit.ExpectOutput()));
        Assert.All(CallCache.List(scratch["cache"]), call => Assert.Single(call.Results));
    }

    private static async Task<WorkflowExit> RunAsync(Scratch scratch, string store)
    {
        using var process = Start(scratch, store);
        return await process.WaitAsync();
    }

    private static WorkflowProcess Start(Scratch scratch, string store, params string[] arguments) => WorkflowProcess.Start(
        scratch, Shape.Files, ["--jobs", "5", "--clean", "never", "--callCache", scratch["cache"], "--jobStore", scratch[store], .. arguments]);
}
