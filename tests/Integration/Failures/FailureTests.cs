using Toil.Integration.Workflows;

namespace Toil.Integration.Tests.Failures;

/// <summary>Jobs that fail, each in its way: people are told what happened, and can mend it and go on.</summary>
public sealed class FailureTests
{
    [Fact]
    public async Task Job_Throws_IsRetriedReportedAndResumedOnceMended()
    {
        using var scratch = new Scratch();
        var failed = await FailAsync(scratch, Shape.FailUntilOpen, "--jobs", "5", "--retryCount", "2");
        Assert.Contains("The cause that has to be mended.", failed.Error, StringComparison.Ordinal);
        Assert.Contains("BadJobs.cs:line", failed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Toil.Agents.", failed.Error, StringComparison.Ordinal);
        Assert.Contains("--restart", failed.Error, StringComparison.Ordinal);
        Assert.Equal(3, scratch.Runs.Read().Count(run => run.Name == "FailUntilOpen"));
        Assert.Equal(6, scratch.Runs.Read().Count(run => run.Name == "Square"));

        scratch.OpenGate();
        (await WorkflowProcess.RunAsync(scratch, Shape.FailUntilOpen, "--restart")).ExpectOutput();
        Assert.Equal(4, scratch.Runs.Read().Count(run => run.Name == "FailUntilOpen"));
        Assert.Equal(6, scratch.Runs.Read().Count(run => run.Name == "Square"));
        Assert.Equal(1, scratch.Runs.Read().Count(run => run.Name == "after the failure"));
    }

    [Fact]
    public async Task Restart_CauseRemains_FailsAgainWithAllItsTries()
    {
        using var scratch = new Scratch();
        await FailAsync(scratch, Shape.FailUntilOpen, "--jobs", "1");
        await FailAsync(scratch, Shape.FailUntilOpen, "--restart");
        Assert.Equal(4, scratch.Runs.Read().Count(run => run.Name == "FailUntilOpen"));
    }

    [Fact]
    public async Task Job_CallsExit_FailsWithItsCodeAndOutput()
    {
        using var scratch = new Scratch();
        var failed = await FailAsync(scratch, Shape.CallsExit);
        Assert.Contains("exit code 7", failed.Error, StringComparison.Ordinal);
        Assert.Contains("The last words before the exit.", failed.Error, StringComparison.Ordinal);
        Assert.Equal(2, scratch.Runs.Count);
    }

    [Fact]
    public async Task Job_KillsItsProcess_FailsNamingTheSignal()
    {
        using var scratch = new Scratch();
        var failed = await FailAsync(scratch, Shape.KillsItself);
        Assert.Contains("SIGKILL", failed.Error, StringComparison.Ordinal);
        Assert.Equal(2, scratch.Runs.Count);
    }

    [Fact]
    public async Task Job_ReturnsHandle_FailsNamingThePath()
    {
        using var scratch = new Scratch();
        Assert.Contains("$.result[1] is a", (await FailAsync(scratch, Shape.ReturnsHandle)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_MisusesEngine_FailsAtTheUsersLine()
    {
        using var scratch = new Scratch();
        var failed = await FailAsync(scratch, Shape.MisusesEngine, "--retryCount", "0");
        Assert.Contains("Hang takes 1 argument (", failed.Error, StringComparison.Ordinal);
        Assert.Contains("BadJobs.cs:line", failed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Toil.Agents.", failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public Task Job_WritesMuchAndFails_ShowsItsEndAlone() => ChatterAsync(megabytes: 50);

    [Fact(Explicit = true)]
    public Task Job_WritesGigabyteAndFails_ShowsItsEndAlone() => ChatterAsync(megabytes: 1024);

    [Fact]
    public async Task Command_Fails_ShowsCodeAndWhatItSaid()
    {
        using var scratch = new Scratch();
        var failed = await FailAsync(scratch, Shape.FailingCommand, "--retryCount", "0");
        Assert.Contains("exit code 3", failed.Error, StringComparison.Ordinal);
        Assert.Contains("a word of why", failed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("its output", failed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("to standard output", failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_IsAbsent_SaysSo()
    {
        using var scratch = new Scratch();
        var failed = await FailAsync(scratch, Shape.AbsentCommand, "--retryCount", "0");
        Assert.Contains("'no-such-command-anywhere' can't be started", failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_Works_GivesItsOutputAsFile()
    {
        using var scratch = new Scratch();
        Assert.Equal("one", (await WorkflowProcess.RunAsync(scratch, Shape.WorkingCommand)).ExpectOutput());
    }

    [Fact]
    public async Task FailedTry_HasWrittenFiles_LeavesNone()
    {
        using var scratch = new Scratch();
        Assert.Equal("2", (await WorkflowProcess.RunAsync(scratch, Shape.FilesOfFailedTry, "--clean", "never")).ExpectOutput());
        Assert.Empty(StoreView.GlobalFiles(scratch));
        Assert.Empty(scratch.Leftovers());
    }

    [Fact]
    public async Task FailedTry_DirectoriesAreCleanedOnSuccess_LeavesItsOwn()
    {
        using var scratch = new Scratch();
        (await WorkflowProcess.RunAsync(scratch, Shape.FilesOfFailedTry, "--cleanWorkDir", "onSuccess")).ExpectOutput();
        var kept = Assert.Single(Directory.EnumerateDirectories(scratch.WorkDirectory, "1-1.*", SearchOption.AllDirectories));
        Assert.Equal("1-1.1", Path.GetFileName(kept));
    }

    [Fact]
    public async Task Request_LargerThanMachine_IsRefusedBeforeAnythingRuns()
    {
        using var scratch = new Scratch();
        var refused = await FailAsync(scratch, Shape.TooLarge);
        Assert.Contains("'many cores' asks for 100000 cores, but at most", refused.Error, StringComparison.Ordinal);
        Assert.Contains("'much memory' asks for 900 Ti of memory, but at most", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, scratch.Runs.Count);
        Assert.False(Directory.Exists(scratch.Store));
    }

    [Fact]
    public async Task Graph_HasSeveralErrors_AreReportedTogether()
    {
        using var scratch = new Scratch();
        var refused = await FailAsync(scratch, Shape.Malformed);
        Assert.Contains("wait for each other", refused.Error, StringComparison.Ordinal);
        Assert.Contains("'nobody starts it'", refused.Error, StringComparison.Ordinal);
        Assert.Contains("'huge' asks for 900 Ti of memory", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, scratch.Runs.Count);
    }

    private static async Task ChatterAsync(int megabytes)
    {
        using var scratch = new Scratch();
        var failed = await FailAsync(scratch, Shape.Chatters, "--jobs", $"{megabytes}", "--retryCount", "0");
        Assert.Contains("The last line of all.", failed.Error, StringComparison.Ordinal);
        Assert.InRange(failed.Error.Length, 1, 1 << 18);
        Assert.Empty(scratch.Leftovers());
        Assert.InRange(SizeOf(scratch.Store), 1, 1 << 20);
    }

    private static async Task<WorkflowExit> FailAsync(Scratch scratch, Shape shape, params string[] arguments)
    {
        var exit = await WorkflowProcess.RunAsync(scratch, shape, arguments);
        Assert.True(exit.Code == ExitCode.WorkflowFailed, $"Exit code {exit.Code}.\n{exit.Error}");
        return exit;
    }

    private static long SizeOf(string directory) =>
        new DirectoryInfo(directory).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
}
