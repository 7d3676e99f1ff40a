using Toil.Tests.Fakes;
using Xunit;

namespace Toil.Tests.App;

public sealed class StoreCheckTests : IDisposable
{
    private readonly SmallWorkflow _workflow = new();

    public void Dispose() => _workflow.Dispose();

    [Fact]
    public async Task Run_WholeStore_FindsNothing()
    {
        var result = await CheckAsync(_ => { });

        Assert.Empty(result.Problems);
        Assert.Equal((2, 2), (result.Jobs, result.Files));
    }

    [Fact]
    public async Task Run_FileThatAJobWillReadIsGone_NamesIt()
    {
        var result = await CheckAsync(store => File.Delete(OutputOf(store)));

        Assert.EndsWith("names, is missing.", Assert.Single(result.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_FileThatGrew_SaysBothSizes()
    {
        var result = await CheckAsync(store => Append(OutputOf(store), "more"));

        Assert.EndsWith("has 10 bytes; it was written with 6.", Assert.Single(result.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_FilesOfAnAttemptThatWasNotCommitted_AreLeftovers()
    {
        var result = await CheckAsync(store =>
        {
            File.WriteAllText(Path.Combine(store, "files/0/1-7.9-1-x"), "12345");
        });

        Assert.Equal(
            ["Attempt 1-7.9 wasn't committed, and has left 1 files of 5 B as files/0/1-7.9-*. Resuming the workflow removes them."],
            result.Problems);
    }

    [Fact]
    public async Task Run_DamagedJournal_NamesThePlace()
    {
        var result = await CheckAsync(store =>
        {
            var journal = Directory.GetFiles(Path.Combine(store, "journal")).MaxBy(file => new FileInfo(file).Length)!;
            var bytes = File.ReadAllBytes(journal);
            bytes[bytes.Length / 2] ^= 1;
            Toil.Files.FileModes.Set(journal, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.WriteAllBytes(journal, bytes);
        });

        Assert.Contains("journal", Assert.Single(result.Problems), StringComparison.Ordinal);
    }

    private static string OutputOf(string store) => Directory.GetFiles(Path.Combine(store, "files"), "*stdout", SearchOption.AllDirectories).Single();

    private static void Append(string path, string text)
    {
        Toil.Files.FileModes.Set(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.AppendAllText(path, text);
    }

    /// <summary>A job has written a file that another, which failed, would read.</summary>
    private async Task<StoreCheckResult> CheckAsync(Action<string> spoil)
    {
        var write = SmallWorkflow.Shell("write", "printf 123456");
        write.AddFollowOn(SmallWorkflow.Shell("bad", "exit 1", write.Rv("Output")));
        await _workflow.RunAsync(write);
        spoil(_workflow.Locator.Name);
        await using var store = await _workflow.OpenStoreAsync();
        return await StoreCheck.RunAsync(store, isRunning: false, SmallWorkflow.Cancellation);
    }
}
