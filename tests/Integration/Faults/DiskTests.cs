using Toil.Integration.Workflows;

namespace Toil.Integration.Tests.Faults;

/// <summary>Disks that are full or can't be written: the error names the place and what to do, and after that the workflow can be resumed.</summary>
public sealed class DiskTests
{
    private const int Plenty = 64 << 10;

    [Fact]
    public async Task Store_IsFullForFiles_SaysSoAndIsResumedOnceThereIsRoom()
    {
        using var scratch = new Scratch();
        using var mounts = await MountNamespace.OpenAsync();
        var disk = await mounts.MountAsync(scratch, scratch["disk"], kilobytes: 1024);
        scratch.OpenGate();

        var failed = await mounts.RunAsync(scratch, Shape.Bulk, InStore(disk, "--jobs", "20"));
        ExpectRefusal(failed, ExitCode.WorkflowFailed, "No space left on device", $"{disk}/store/files/", "Free some space there", "--restart");

        await mounts.ResizeAsync(scratch, disk, Plenty);
        await ExpectResumptionAsync(mounts, scratch, disk, "2000000");
    }

    [Fact]
    public async Task Store_IsFullForTheJournal_SaysSoAndIsResumedOnceThereIsRoom()
    {
        using var scratch = new Scratch();
        using var mounts = await MountNamespace.OpenAsync();
        var disk = await mounts.MountAsync(scratch, scratch["disk"], kilobytes: 400);

        var failed = await mounts.RunAsync(scratch, Shape.FanOut, InStore(disk, "--jobs", "3000"));
        ExpectRefusal(failed, ExitCode.JobStore, "No space left on device", $"{disk}/store/journal/", "resume the workflow");
        Assert.InRange(scratch.Runs.Count, 1, 3000);

        await mounts.ResizeAsync(scratch, disk, Plenty);
        await ExpectResumptionAsync(mounts, scratch, disk, "9004500500");
    }

    [Fact]
    public async Task WorkDirectory_IsFull_SaysSoAndIsResumedOnceThereIsRoom()
    {
        using var scratch = new Scratch();
        using var mounts = await MountNamespace.OpenAsync();
        var work = await mounts.MountAsync(scratch, scratch.WorkDirectory, kilobytes: 80);
        scratch.OpenGate();

        var failed = await mounts.RunAsync(scratch, Shape.Bulk, InStore(scratch.Root, "--jobs", "3"));
        ExpectRefusal(failed, ExitCode.WorkflowFailed, "No space left on device", $"{work}/toil-", "--workDir", "--restart");

        await mounts.ResizeAsync(scratch, work, Plenty);
        await ExpectResumptionAsync(mounts, scratch, scratch.Root, "300000");
        Assert.Empty(await mounts.RunAsync(scratch, "ls", work));
    }

    [Fact]
    public async Task NodeCache_IsFull_JobsDoWithoutIt()
    {
        using var scratch = new Scratch();
        using var mounts = await MountNamespace.OpenAsync();

        // Files of another device can't be linked, so that there is something to cache.
        var disk = await mounts.MountAsync(scratch, scratch["disk"], Plenty);
        await mounts.MountAsync(scratch, Files.NodeCache.RootIn(scratch.WorkDirectory), kilobytes: 80);
        scratch.OpenGate();

        using var process = mounts.Start(scratch, Shape.Bulk, InStore(disk, "--jobs", "10"));
        Assert.Equal("1000000", (await process.WaitAsync()).ExpectOutput());
    }

    [Fact]
    public async Task Store_BecomesReadOnlyMeanwhile_SaysSoAndIsResumedOnceItIsWritable()
    {
        using var scratch = new Scratch();
        using var mounts = await MountNamespace.OpenAsync();
        var disk = await mounts.MountAsync(scratch, scratch["disk"], Plenty);
        using (var process = mounts.Start(scratch, Shape.Bulk, InStore(disk, "--jobs", "5")))
        {
            await scratch.Runs.WaitForAsync(2);
            await mounts.MakeReadOnlyAsync(scratch, disk);
            scratch.OpenGate();
            ExpectRefusal(await process.WaitAsync(), ExitCode.WorkflowFailed, "Read-only file system", $"{disk}/store/files/", "make it writable and resume", "--restart");
        }

        var again = await mounts.RunAsync(scratch, Shape.Bulk, InStore(disk, "--restart"));
        ExpectRefusal(again, ExitCode.WorkflowFailed, "Read-only file system", $"{disk}/store/", "make it writable and resume");

        await mounts.MakeWritableAsync(scratch, disk);
        await ExpectResumptionAsync(mounts, scratch, disk, "500000");
    }

    private static string[] InStore(string place, params string[] arguments) => ["--jobStore", $"{place}/store", "--defaultDisk", "1Ki", .. arguments];

    private static void ExpectRefusal(WorkflowExit exit, int code, params string[] words)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(exit.Error);
        Assert.True(exit.Code == code, $"Exit code {exit.Code}.\n{exit.Error}");
        Assert.All(words, word => Assert.Contains(word, exit.Error, StringComparison.Ordinal));
        Assert.DoesNotContain("Unhandled exception", exit.Error, StringComparison.Ordinal);
    }

    private static async Task ExpectResumptionAsync(MountNamespace mounts, Scratch scratch, string place, string result)
    {
        using var process = mounts.Start(scratch, Shape.Bulk, InStore(place, "--restart", "--clean", "never"));
        Assert.Equal(result, (await process.WaitAsync()).ExpectOutput());
        var check = await mounts.RunAsync(scratch, WorkflowProcess.Toil, "status", $"{place}/store", "--check");
        Assert.Contains("everything is as recorded", check, StringComparison.Ordinal);
    }
}
