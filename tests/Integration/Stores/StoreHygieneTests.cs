using Toil.Integration.Workflows;

namespace Toil.Integration.Tests.Stores;

/// <summary>What a job store looks like from outside.</summary>
public sealed class StoreHygieneTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    [Fact]
    public async Task Store_TenThousandJobsWithoutFiles_HoldsFewFilesAndIsPrivate()
    {
        using var scratch = new Scratch();
        (await WorkflowProcess.RunAsync(scratch, Shape.NoOps, "--jobs", "10000", "--clean", "never")).ExpectOutput();
        Assert.Equal(10_001, (await StoreView.StatusAsync(scratch)).Done);
        var files = Directory.EnumerateFileSystemEntries(scratch.Store, "*", SearchOption.AllDirectories).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine($"{files.Count} files and directories: {string.Join(", ", files)}");
        Assert.InRange(files.Count, 1, 50);
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(scratch.Store));
        Assert.Empty(scratch.Leftovers());
    }

    [Fact]
    public async Task Store_WorkflowSucceeds_IsGone()
    {
        using var scratch = new Scratch();
        (await WorkflowProcess.RunAsync(scratch, Shape.Files, "--jobs", "3")).ExpectOutput();
        Assert.False(Directory.Exists(scratch.Store));
        Assert.Empty(scratch.Leftovers());
    }

    [Fact]
    public async Task Restart_WorkflowIsComplete_RunsNothingAndReturnsTheValueAgain()
    {
        using var scratch = new Scratch();
        var first = (await WorkflowProcess.RunAsync(scratch, Shape.FanOut, "--jobs", "5", "--clean", "never")).ExpectOutput();
        var lines = scratch.Runs.Count;
        var second = (await WorkflowProcess.RunAsync(scratch, Shape.FanOut, "--restart", "--clean", "never")).ExpectOutput();
        Assert.Equal("55", first);
        Assert.Equal(first, second);
        Assert.Equal(lines, scratch.Runs.Count);
    }
}
