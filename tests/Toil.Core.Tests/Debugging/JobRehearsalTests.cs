using Toil.Debugging;
using Toil.Tests.Fakes;
using Xunit;

namespace Toil.Tests.Debugging;

public sealed class JobRehearsalTests : IDisposable
{
    private readonly SmallWorkflow _workflow = new();

    private string Place => _workflow.Directory["rehearsal"];

    public void Dispose() => _workflow.Dispose();

    [Fact]
    public async Task Run_FailedCommand_HasItsInputsAndLeavesTheStoreAlone()
    {
        var write = SmallWorkflow.Shell("write", "printf 123456");
        write.AddFollowOn(SmallWorkflow.Shell("bad", "cat \"$1\" > seen; [ ! -e ../written ] || echo x >> \"$1\"; exit 7", write.Rv("Output")));
        await _workflow.RunAsync(write);
        await using var store = await _workflow.OpenStoreAsync();
        var before = Contents();

        await using var rehearsal = JobRehearsal.Open(store, null, Place);
        var words = await RehearsedCommand.PrepareAsync(rehearsal, SmallWorkflow.Cancellation);
        var exit = await RehearsedCommand.RunAsync(rehearsal, words, SmallWorkflow.Cancellation);

        Assert.Equal(("bad", 7), (rehearsal.Order.JobName, exit));
        Assert.NotNull(rehearsal.Failure);
        Assert.Equal("123456", await File.ReadAllTextAsync(Path.Combine(rehearsal.Files.TempDirectory, "seen"), SmallWorkflow.Cancellation));
        Assert.True(File.Exists(RehearsedCommand.ScriptOf(rehearsal.Files.TempDirectory)));
        Assert.Equal(before, Contents());
    }

    [Fact]
    public async Task RunMethod_WritesFiles_KeepsThemInItsOwnDirectory()
    {
        await _workflow.RunAsync(SmallWorkflow.Inline(WriteOrFailAsync, _workflow.Directory["fails"]));
        Assert.True(File.Exists(_workflow.Directory["fails"]));
        File.Delete(_workflow.Directory["fails"]);
        await using var store = await _workflow.OpenStoreAsync();
        var before = Contents();

        await using var rehearsal = JobRehearsal.Open(store, job => job.Name == "WriteOrFailAsync", Place);
        var text = await RehearsedMethod.RunAsync(rehearsal, program: null, (_, _) => { }, SmallWorkflow.Cancellation);

        Assert.Equal("written", text);
        Assert.Equal(before, Contents());
        Assert.Single(Directory.GetFiles(Path.Combine(Place, "written"), "*out.txt", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Open_SeveralFailed_AsksForANumber()
    {
        var root = SmallWorkflow.Shell("root", "true");
        root.AddChild(SmallWorkflow.Shell("bad", "exit 1"));
        root.AddChild(SmallWorkflow.Shell("bad", "exit 1"));
        await _workflow.RunAsync(root);
        await using var store = await _workflow.OpenStoreAsync();

        var error = Assert.Throws<ToilException>(() => JobRehearsal.Open(store, null, Place));

        Assert.StartsWith("Several jobs fit: 'bad' (job 2), 'bad' (job 3).", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_JobThatIsDone_SaysThatItsInputsAreGone()
    {
        await _workflow.RunAsync(SmallWorkflow.Shell("root", "true"));
        await using var store = await _workflow.OpenStoreAsync();

        Assert.Contains("Of jobs that are done", Assert.Throws<ToilException>(() => JobRehearsal.Open(store, job => job.Name == "root", Place)).Message, StringComparison.Ordinal);
        Assert.StartsWith("No job has failed.", Assert.Throws<ToilException>(() => JobRehearsal.Open(store, null, Place)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_PromiseThatIsNotKnown_NamesTheProducer()
    {
        var bad = SmallWorkflow.Shell("bad", "exit 1");
        bad.AddFollowOn(SmallWorkflow.Shell("after", "cat", bad.Rv("Output")));
        await _workflow.RunAsync(bad);
        await using var store = await _workflow.OpenStoreAsync();

        var error = Assert.Throws<ToilException>(() => JobRehearsal.Open(store, job => job.Name == "after", Place));

        Assert.Contains("'bad'", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Fails the first time, which it marks.</summary>
    private static async Task<string> WriteOrFailAsync(JobContext job, string mark)
    {
        if (!Directory.Exists(Path.Combine(job.TempDirectory, "..", "written")))
        {
            await File.WriteAllTextAsync(mark, "");
            throw new ToilException("not yet");
        }

        await File.WriteAllTextAsync(Path.Combine(job.TempDirectory, "out.txt"), "written");
        var file = await job.Files.WriteAsync("out.txt");
        return await File.ReadAllTextAsync(await job.Files.ReadAsync(file));
    }

    /// <summary>All files of the store, with when they were changed.</summary>
    private List<(string, long, DateTime)> Contents() =>
        [.. new DirectoryInfo(_workflow.Locator.Name).EnumerateFiles("*", SearchOption.AllDirectories).Select(file => (file.FullName, file.Length, file.LastWriteTimeUtc)).Order()];
}
