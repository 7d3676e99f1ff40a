using Toil.Agents;
using Toil.Files;
using Toil.JobStores;
using Xunit;
using static Toil.Tests.Files.FileStoreWorld;

namespace Toil.Tests.Files;

public sealed class FileReaperTests : IDisposable
{
    private readonly FileStoreWorld _world = new();
    private readonly FileReaper _reaper;

    public FileReaperTests() => _reaper = new FileReaper(new FileBlobStore(_world.Store, TimeProvider.System));

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Delete_Repeated_IsFine()
    {
        var gone = await _world.GlobalAsync("a", "1");
        var kept = await _world.GlobalAsync("b", "2");

        await _reaper.DeleteAsync([gone.Key], Cancel);
        await _reaper.DeleteAsync([gone.Key, "files/1/99-1.1-1-never"], Cancel);

        Assert.Equal([kept.Key], _world.Stored());
    }

    [Fact]
    public async Task Delete_LeavesTheFolderThatOthersWriteTo()
    {
        var file = await _world.GlobalAsync("a", "1");
        await _reaper.DeleteAsync([file.Key], Cancel);

        Assert.Empty(Directory.EnumerateFiles(_world.Store, "*", SearchOption.AllDirectories));
        Assert.True(Directory.Exists(Path.GetDirectoryName(_world.PathOf(file))));
    }

    [Fact]
    public async Task RemoveAttempt_LeavesOthersOfItsFolder()
    {
        string[] others = ["files/0/7-1.20-1-x", "files/0/7-1.3-1-x", "files/0/70-1.2-1-x", "files/0/8-1.2-1-x"];
        foreach (var key in others.Append("files/0/7-1.2-1-x"))
        {
            Directory.CreateDirectory(Path.Combine(_world.Store, "files/0"));
            await File.WriteAllTextAsync(Path.Combine(_world.Store, key), "x", Cancel);
        }

        await _reaper.RemoveAttemptAsync(new AttemptId(7, 1, 2), Cancel);

        Assert.Equal(others.Order(), Directory.EnumerateFiles(_world.Store, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(_world.Store, path)).Order());
    }

    [Fact]
    public async Task Delete_OneRefused_StillDeletesTheOthers()
    {
        var file = await _world.GlobalAsync("a", "1");
        var error = await Assert.ThrowsAsync<ToilException>(() => _reaper.DeleteAsync(["journal/1", "files/../../x", file.Key], Cancel));

        Assert.StartsWith("2 files couldn't be deleted", error.Message, StringComparison.Ordinal);
        Assert.Empty(_world.Stored());
    }

    [Fact]
    public async Task Delete_Cancelled_Stops()
    {
        var file = await _world.GlobalAsync("a", "1");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _reaper.DeleteAsync([file.Key], new CancellationToken(canceled: true)));

        Assert.Single(_world.Stored());
    }

    [Fact]
    public async Task Delete_WhileAJobHasTheFile_LeavesTheJobItsOwn()
    {
        var file = await _world.GlobalAsync("a", "1");
        await using var store = _world.Open();
        var path = await store.ReadAsync(file, null, false, false, Cancel);
        await _reaper.DeleteAsync([file.Key], Cancel);

        Assert.Equal("1", await File.ReadAllTextAsync(path, Cancel));
        await store.SyncAsync(Cancel);
    }

    [Fact]
    public async Task RemoveAttempt_TakesUnfinishedFilesToo_AndNoOtherAttempts()
    {
        var kept = await _world.GlobalAsync("kept", "1");
        var killed = _world.Open();
        await killed.WriteAsync(MakeFile(killed, "done", "2"), null, false, Cancel);
        await (await killed.OpenWriteAsync("half", false, Cancel)).WriteAsync(new byte[100_000], Cancel);
        Assert.Equal(3, _world.Stored().Count());

        await _reaper.RemoveAttemptAsync(new AttemptId(7, 1, 2), Cancel);
        await _reaper.RemoveAttemptAsync(new AttemptId(7, 1, 2), Cancel);

        Assert.Equal([kept.Key], _world.Stored());
    }

    [Fact]
    public async Task RemoveAttempt_OfOneThatWroteNothing_IsFine() => await _reaper.RemoveAttemptAsync(new AttemptId(1, 1, 1), Cancel);

    [Fact]
    public async Task RemoveUnknownImports_KeepsThoseThatRecordsName()
    {
        var importer = FileImporter.ForLeader(_world.Depot, 1, "/");
        var kept = await importer.ImportAsync(_world.Outside("a", "1"), Cancel);
        await importer.ImportAsync(_world.Outside("b", "2"), Cancel);

        await _reaper.RemoveUnknownImportsAsync(key => key == kept.Key, Cancel);

        Assert.Equal([kept.Key], _world.Stored());
    }
}
