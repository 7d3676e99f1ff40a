using System.Text;
using Toil.JobStores;
using Toil.Journaling;
using Toil.Tests.Fakes;
using Xunit;

namespace Toil.Tests.JobStores;

public sealed class JobStoreTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private JobStoreLocator Locator => JobStoreLocator.ForPath(_directory["store"]);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Open_AfterCreate_FindsTheSameWorkflow()
    {
        await using var created = await CreateAsync();
        await using var opened = await JobStore.OpenAsync(Locator, Cancel);

        Assert.NotEqual(Guid.Empty, opened.WorkflowId);
        Assert.Equal((created.WorkflowId, created.CreatedAt), (opened.WorkflowId, opened.CreatedAt));
        Assert.True(await JobStore.ExistsAsync(Locator, Cancel));
    }

    [Fact]
    public async Task Create_WhereOneIs_NamesTheCommandsForResumingAndRemoving()
    {
        await using var store = await CreateAsync();
        var failure = await Assert.ThrowsAsync<JobStoreExistsException>(CreateAsync);

        Assert.All(["toil run … --restart", "Resume-ToilWorkflow", "toil clean", "Remove-ToilJobStore", Locator.Name],
            words => Assert.Contains(words, failure.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task OpenOrDestroy_WhereNoneIs_SaysSo()
    {
        Directory.CreateDirectory(_directory["empty"]);
        foreach (var name in new[] { "absent", "empty" })
        {
            var locator = JobStoreLocator.ForPath(_directory[name]);
            await Assert.ThrowsAsync<NoSuchJobStoreException>(() => JobStore.OpenAsync(locator, Cancel));
            await Assert.ThrowsAsync<NoSuchJobStoreException>(() => JobStore.DestroyAsync(locator, cancellationToken: Cancel));
            Assert.False(await JobStore.ExistsAsync(locator, Cancel));
        }

        Assert.True(Directory.Exists(_directory["empty"]));
    }

    [Fact]
    public async Task Create_AfterAnInterruptedCreate_Works()
    {
        await new FileBlobStoreProvider().OpenAsync(Locator, create: true, Cancel);
        await File.WriteAllTextAsync(new TemporaryFiles(Path.Combine(Locator.Name, "tmp"), TimeProvider.System).NewPath(), "{", Cancel);

        await using var store = await CreateAsync();

        Assert.True(await JobStore.ExistsAsync(Locator, Cancel));
    }

    [Fact]
    public async Task Create_AtTheSameTime_HasOneWinner()
    {
        var created = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            try
            {
                await CreateAsync();
                return true;
            }
            catch (JobStoreExistsException)
            {
                return false;
            }
        })));

        Assert.Single(created, true);
    }

    [Fact]
    public async Task Create_InADirectoryWithOtherThings_TouchesNothing()
    {
        Directory.CreateDirectory(Path.Combine(Locator.Name, "files"));

        await Assert.ThrowsAsync<ToilException>(CreateAsync);
        Assert.Equal(["files"], Directory.EnumerateFileSystemEntries(Locator.Name).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Create_OnAFile_SaysSo()
    {
        _directory.Write("store", "x");
        await Assert.ThrowsAsync<ToilException>(CreateAsync);
    }

    [Fact]
    public async Task Destroy_RemovesTheDirectory()
    {
        await FillAsync();
        await JobStore.DestroyAsync(Locator, cancellationToken: Cancel);

        Assert.False(Directory.Exists(Locator.Name));
    }

    [Fact]
    public async Task Destroy_LeavesWhatTheStoreDidNotMake()
    {
        await FillAsync();
        await File.WriteAllTextAsync(Path.Combine(Locator.Name, "notes.txt"), "mine", Cancel);
        Directory.CreateDirectory(Path.Combine(Locator.Name, "results", "deep"));
        _directory.Write("outside", "mine");
        File.CreateSymbolicLink(Path.Combine(Locator.Name, "files", "link"), _directory["outside"]);
        Directory.CreateSymbolicLink(Path.Combine(Locator.Name, "files", "dirlink"), _directory.Path);

        await JobStore.DestroyAsync(Locator, cancellationToken: Cancel);

        Assert.Equal(["files", "notes.txt", "results"], Directory.EnumerateFileSystemEntries(Locator.Name).Select(Path.GetFileName).Order());
        Assert.True(Directory.Exists(Path.Combine(Locator.Name, "results", "deep")));
        Assert.True(File.Exists(_directory["outside"]));
    }

    [Fact]
    public async Task Destroy_Interrupted_CanOnlyBeRepeated()
    {
        var id = await FillAsync();
        var half = new JobStoreMarker(JobStoreMarker.CurrentFormat, id, DateTimeOffset.UnixEpoch, Destroying: true);
        await File.WriteAllBytesAsync(Path.Combine(Locator.Name, JobStoreLayout.Marker), half.ToBytes(), Cancel);

        Assert.Contains("toil clean", (await Assert.ThrowsAsync<ToilException>(() => JobStore.OpenAsync(Locator, Cancel))).Message, StringComparison.Ordinal);
        await JobStore.DestroyAsync(Locator, cancellationToken: Cancel);
        Assert.False(Directory.Exists(Locator.Name));
    }

    [Fact]
    public async Task Destroy_WhileALeaderRuns_IsRefusedUnlessForced()
    {
        await using var store = await CreateAsync();
        await using var lease = await LeaderLease.TakeAsync(store.Blobs, cancellationToken: Cancel);

        var failure = await Assert.ThrowsAsync<LeaderRunningException>(() => JobStore.DestroyAsync(Locator, cancellationToken: Cancel));

        Assert.Equal(Environment.ProcessId, failure.ProcessId);
        await JobStore.DestroyAsync(Locator, force: true, Cancel);
    }

    [Fact]
    public async Task Open_OfAnotherVersionsFormat_SaysSo()
    {
        await CreateAsync();
        var marker = new JobStoreMarker(1, Guid.NewGuid(), DateTimeOffset.UnixEpoch);
        await File.WriteAllBytesAsync(Path.Combine(Locator.Name, JobStoreLayout.Marker), marker.ToBytes(), Cancel);

        var error = await Assert.ThrowsAsync<ToilException>(() => JobStore.OpenAsync(Locator, Cancel));

        Assert.Contains("made by another version of Toil: it has format 1,", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SharedFilesAndLogs_ComeBack()
    {
        await using var store = await CreateAsync();
        await store.WriteSharedAsync("genome.fa", "ACGT"u8.ToArray(), Cancel);
        await store.WriteLogAsync("job-7", 2, new MemoryStream("it failed"u8.ToArray()), Cancel);

        Assert.Equal("ACGT", await TextAsync(await store.OpenSharedAsync("genome.fa", Cancel)));
        Assert.Equal("it failed", await TextAsync((await store.OpenLogAsync("job-7", 2, Cancel))!));
        Assert.Null(await store.OpenLogAsync("job-7", 3, Cancel));
        await Assert.ThrowsAsync<NoSuchBlobException>(() => store.OpenSharedAsync("none", Cancel));
        await Assert.ThrowsAsync<ToilException>(() => store.WriteSharedAsync("../escape", "x"u8.ToArray(), Cancel));
    }

    [Fact]
    public async Task Journal_LivesInTheStore()
    {
        await using var store = await CreateAsync();
        await using (var writer = JournalWriter.TakeOver(store.JournalFiles, default))
        {
            writer.Append("x"u8);
            await writer.FlushAsync(Cancel);
        }

        Assert.True(File.Exists(Path.Combine(Locator.Name, "journal", "00000001-0000.log")));
    }

    private Task<JobStore> CreateAsync() => JobStore.CreateAsync(Locator, cancellationToken: Cancel);

    private async Task<Guid> FillAsync()
    {
        await using var store = await CreateAsync();
        foreach (var key in JobStoreLayout.Prefixes)
        {
            await store.Blobs.PutAsync(key + "a/b", "x"u8.ToArray(), null, Cancel);
        }

        await store.KillFlag.SetAsync(Cancel);
        Directory.CreateDirectory(Path.Combine(Locator.Name, "outbox", "left", "empty"));
        await File.WriteAllTextAsync(new TemporaryFiles(Path.Combine(Locator.Name, "tmp"), TimeProvider.System).NewPath(), "half", Cancel);
        return store.WorkflowId;
    }

    private static async Task<string> TextAsync(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(Cancel);
    }
}
