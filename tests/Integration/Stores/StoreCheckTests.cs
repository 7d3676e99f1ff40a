using System.Globalization;
using Toil.Integration.Workflows;

namespace Toil.Integration.Tests.Stores;

/// <summary><c>toil status --check</c> finds what is wrong with a job store.</summary>
public sealed class StoreCheckTests
{
    [Fact]
    public async Task Check_StoreIsWhole_SaysSo()
    {
        using var scratch = await RunAsync();
        await StoreView.CheckAsync(scratch);
    }

    [Fact]
    public async Task Check_FileIsMissing_NamesIt()
    {
        using var scratch = await RunAsync();
        var file = Assert.Single(StoreView.GlobalFiles(scratch));
        File.Delete(PathOf(scratch, file));
        Assert.Contains($"files/{file}), which job 1 names, is missing", await FindAsync(scratch), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_FileIsTruncated_NamesItAndBothSizes()
    {
        using var scratch = await RunAsync();
        var file = Assert.Single(StoreView.GlobalFiles(scratch));
        Truncate(PathOf(scratch, file), 999);
        Assert.Contains($"files/{file}), which job 1 names, has 999 bytes; it was written with 1000", await FindAsync(scratch), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_AttemptLeftFiles_NamesItAndThem()
    {
        using var scratch = await RunAsync();
        File.WriteAllText(PathOf(scratch, "0/7-1.1-1-left"), "behind");
        Assert.Contains("Attempt 7-1.1 wasn't committed, and has left 1 files of 6", await FindAsync(scratch), StringComparison.Ordinal);
    }

    /// <summary>Every byte in the middle of the journal is covered by a checksum, so one of many places stands for all.</summary>
    [Fact]
    public async Task Check_JournalByteIsDamaged_NamesTheSegmentAndPlace()
    {
        using var scratch = await RunAsync();
        var segment = Directory.GetFiles(Path.Combine(scratch.Store, "journal")).MaxBy(path => new FileInfo(path).Length)!;
        using (var journal = new FileStream(segment, FileMode.Open))
        {
            journal.Position = journal.Length / 2;
            var was = journal.ReadByte();
            journal.Position--;
            journal.WriteByte((byte)(was ^ 1));
        }

        Assert.Contains($"The journal is damaged: {segment} at byte", await FindAsync(scratch), StringComparison.Ordinal);
    }

    private static async Task<Scratch> RunAsync()
    {
        var scratch = new Scratch();
        (await WorkflowProcess.RunAsync(scratch, Shape.OneFile, "--clean", "never")).ExpectOutput();
        return scratch;
    }

    /// <returns>What the check says.</returns>
    private static async Task<string> FindAsync(Scratch scratch)
    {
        var exit = await WorkflowProcess.ToilAsync(scratch, "status", scratch.Store, "--check");
        TestContext.Current.TestOutputHelper?.WriteLine(exit.Output);
        Assert.True(exit.Code == ExitCode.JobStore, string.Create(CultureInfo.InvariantCulture, $"Exit code {exit.Code}.\n{exit.Output}{exit.Error}"));
        Assert.Contains("1 problems.", exit.Output, StringComparison.Ordinal);
        return exit.Output;
    }

    private static string PathOf(Scratch scratch, string file) => Path.Combine(scratch.Store, "files", file);

    /// <summary>The store's files are read-only; a disk doesn't ask.</summary>
    private static void Truncate(string path, long length)
    {
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var file = new FileStream(path, FileMode.Open);
        file.SetLength(length);
    }
}
