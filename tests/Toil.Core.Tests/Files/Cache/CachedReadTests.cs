using Toil.Files;
using Toil.JobStores;
using Xunit;
using static Toil.Tests.Files.FileStoreWorld;

namespace Toil.Tests.Files;

/// <summary>A job store that lies on another file system than the work directory, so that reads go through the cache.</summary>
public sealed class CachedReadTests : IDisposable
{
    private readonly string _memory;
    private readonly FileStoreWorld _world;
    private readonly string _root;

    public CachedReadTests()
    {
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "There is no second file system at /dev/shm.");
        _memory = Path.Combine("/dev/shm", "toil-test-" + Guid.NewGuid().ToString("N"));
        _world = new FileStoreWorld(store: _memory);
        Assert.SkipWhen(FileStatus.Of(_memory)!.Value.Device == FileStatus.Of(_world.Work)!.Value.Device, "/dev/shm and the temporary directory are one file system.");
        _root = NodeCache.RootIn(_world.Work);
        _world.Cache = new NodeCache(_root, Guid.NewGuid(), _world.Depot.Blobs);
    }

    public void Dispose()
    {
        _world?.Dispose();
        if (_memory is not null)
        {
            Directory.Delete(_memory, recursive: true);
        }
    }

    /// <summary>A global file that no job of this node has written.</summary>
    private async Task<FileId> ForeignAsync(string name, string content)
    {
        var cache = _world.Cache;
        _world.Cache = null;
        var file = await _world.GlobalAsync(name, content);
        _world.Cache = cache;
        return file;
    }

    private IEnumerable<string> Copies() => Directory.Exists(_root)
        ? Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories).Where(path => !path.EndsWith(".sum", StringComparison.Ordinal))
        : [];

    private static FileStatus StatusOf(string path) => FileStatus.Of(path)!.Value;

    [Fact]
    public async Task Read_ByTwoJobs_SharesOneCopy()
    {
        var file = await ForeignAsync("x.bam", "data");
        await using var one = _world.Open();
        await using var two = _world.Open();

        var first = await one.ReadAsync(file, null, false, false, Cancel);
        var second = await two.ReadAsync(file, "here", false, false, Cancel);

        Assert.True(StatusOf(first).IsSameFileAs(StatusOf(second)));
        Assert.Equal("data", File.ReadAllText(second));
        Assert.Equal("444", Modes.Get(second));
        await one.SyncAsync(Cancel);
        await two.SyncAsync(Cancel);
    }

    [Fact]
    public async Task Read_WhatAJobOfThisNodeWrote_IsThatFile()
    {
        await using var writer = _world.Open();
        var path = MakeFile(writer, "out.bam", "data");
        var file = await writer.WriteAsync(path, null, false, Cancel);
        await writer.SyncAsync(Cancel);
        await using var reader = _world.Open();

        var read = await reader.ReadAsync(file, null, false, false, Cancel);

        Assert.True(StatusOf(path).IsSameFileAs(StatusOf(read)));
        Assert.Equal("444", Modes.Get(path));
    }

    [Fact]
    public async Task Write_ChangedAfterwards_FailsAsElsewhere()
    {
        await using var writer = _world.Open();
        var path = MakeFile(writer, "out", "early");
        await writer.WriteAsync(path, null, false, Cancel);
        ChangeInPlace(path, "later");

        await Assert.ThrowsAsync<ToilException>(() => writer.SyncAsync(Cancel));
    }

    [Fact]
    public async Task Read_Evicted_StaysTheJobs()
    {
        var file = await ForeignAsync("x", "data");
        await using var store = _world.Open();
        var path = await store.ReadAsync(file, null, false, false, Cancel);

        new CacheRoom(_root, null).Clear();

        Assert.Equal("data", File.ReadAllText(path));
        await store.SyncAsync(Cancel);
        await using var next = _world.Open();
        Assert.Equal("data", File.ReadAllText(await next.ReadAsync(file, null, false, false, Cancel)));
    }

    [Fact]
    public async Task Sync_ModifiedInput_Fails_AndTheNextReaderGetsTheOriginal()
    {
        var file = await ForeignAsync("x", "data");
        await using var store = _world.Open();
        ChangeInPlace(await store.ReadAsync(file, null, false, false, Cancel), "DATA");

        var error = await Assert.ThrowsAsync<ToilException>(() => store.SyncAsync(Cancel));
        Assert.Contains("modified its input 'x'", error.Message, StringComparison.Ordinal);
        await using var next = _world.Open();
        Assert.Equal("data", File.ReadAllText(await next.ReadAsync(file, null, false, false, Cancel)));
    }

    [Fact]
    public async Task Read_Mutable_MakesNoCopyForOthers()
    {
        var file = await ForeignAsync("x", "data");
        await using var store = _world.Open();
        var path = await store.ReadAsync(file, null, mutable: true, false, Cancel);
        await File.AppendAllTextAsync(path, "!", Cancel);
        await store.SyncAsync(Cancel);

        Assert.Empty(Copies());
        Assert.Equal("data", _world.TextOf(file));
    }

    [Fact]
    public async Task Read_Symlink_LeadsToTheStoreItself()
    {
        var file = await ForeignAsync("x", "data");
        await using var store = _world.Open();

        Assert.Equal(_world.PathOf(file), new FileInfo(await store.ReadAsync(file, null, false, symlink: true, Cancel)).LinkTarget);
        Assert.Empty(Copies());
    }

    [Fact]
    public async Task Read_WithoutRoomInTheCache_CopiesIntoTheJobsDirectory()
    {
        var file = await ForeignAsync("x", "data");
        _world.Cache = new NodeCache(_root, Guid.NewGuid(), _world.Depot.Blobs, new ByteSize(3));
        await using var store = _world.Open();

        Assert.Equal("data", File.ReadAllText(await store.ReadAsync(file, null, false, false, Cancel)));
        Assert.Empty(Copies());
    }

    [Fact]
    public async Task Read_OnOneFileSystem_LeavesTheCacheAlone()
    {
        using var world = new FileStoreWorld();
        world.Cache = new NodeCache(_root, Guid.NewGuid(), world.Depot.Blobs);
        var file = await world.GlobalAsync("x", "data");
        await using var store = world.Open();
        await store.ReadAsync(file, null, false, false, Cancel);

        Assert.Empty(Copies());
    }

    [Fact]
    public async Task Read_DeletedFileOfWhichThereIsACopy_IsAnError()
    {
        var file = await ForeignAsync("x", "data");
        await using (var store = _world.Open())
        {
            await store.ReadAsync(file, null, false, false, Cancel);
        }

        File.Delete(_world.PathOf(file));
        await using var next = _world.Open();
        await Assert.ThrowsAsync<ToilException>(() => next.ReadAsync(file, null, false, false, Cancel));
    }
}
