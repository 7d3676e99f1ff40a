using Toil.Files;
using Toil.Tests.Fakes;
using Xunit;
using static Toil.Tests.Files.FileStoreWorld;

namespace Toil.Tests.Files;

/// <summary>The job store's file system has room for one megabyte.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly TemporaryDirectory _place = new();
    private readonly FileStoreWorld? _world;

    public FullDiskTests()
    {
        Directory.CreateDirectory(_place["disk"]);
        var refusal = Environment.IsPrivilegedProcess ? Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", _place["disk"]) : "only root may";
        Assert.SkipUnless(refusal.Length == 0, $"A small file system can't be mounted here: {refusal}");
        _world = new FileStoreWorld(store: Path.Combine(_place["disk"], "store"));
    }

    public void Dispose()
    {
        if (_world is not null)
        {
            _world.Dispose();
            Run("umount", "-l", _place["disk"]);
        }

        _place.Dispose();
    }

    [Fact]
    public async Task Write_TooLarge_SaysSoAndLeavesNothing()
    {
        await using var store = _world!.Open();
        var error = await Assert.ThrowsAsync<ToilException>(() => store.WriteAsync(MakeFile(store, "big", new string('x', 2_000_000)), null, false, Cancel));

        Assert.Contains("No space left", error.Message, StringComparison.Ordinal);
        Assert.Empty(_world.Stored());
        await store.WriteAsync(MakeFile(store, "small", "x"), null, false, Cancel);
        await store.SyncAsync(Cancel);
    }

    [Fact]
    public async Task Stream_ThatOutgrowsTheDisk_HasNoIdAndLeavesNothing()
    {
        await using var store = _world!.Open();
        var stream = await store.OpenWriteAsync("big", false, Cancel);
        var error = await Assert.ThrowsAsync<ToilException>(async () =>
        {
            await using (stream)
            {
                for (var i = 0; i < 40; i++)
                {
                    await stream.WriteAsync(new byte[50_000], Cancel);
                }
            }
        });

        Assert.Contains("No space left", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => stream.FileId);
        Assert.Empty(_world.Stored());
    }

    [Fact]
    public async Task Stream_WhoseLastBytesDoNotFit_FailsWhenDisposed()
    {
        await using var store = _world!.Open();
        var stream = await store.OpenWriteAsync("last", false, Cancel);
        stream.Write(new byte[10]);
        File.WriteAllBytes(Path.Combine(_world.Store, "filler"), new byte[1]);
        Run("sh", "-c", $"cat /dev/zero > '{_world.Store}/filler'");

        await Assert.ThrowsAsync<ToilException>(async () => await stream.DisposeAsync());
        Assert.Throws<InvalidOperationException>(() => stream.FileId);
        Assert.Equal(["filler"], _world.Stored());
    }

    [Fact]
    public async Task Import_TooLarge_LeavesNothing()
    {
        var importer = FileImporter.ForLeader(_world!.Depot, 1, "/");
        await Assert.ThrowsAsync<ToilException>(() => importer.ImportAsync(_world.Outside("big", new string('x', 2_000_000)), Cancel));

        Assert.Empty(_world.Stored());
    }

    [Fact]
    public async Task Export_TooLarge_LeavesTheOldFile()
    {
        using var elsewhere = new FileStoreWorld();
        var file = await elsewhere.GlobalAsync("big", new string('x', 2_000_000));
        var target = Path.Combine(_place["disk"], "out");
        File.WriteAllText(target, "old");
        await using var store = elsewhere.Open();

        var error = await Assert.ThrowsAsync<ToilException>(() => store.ExportAsync(file, target, Cancel));
        Assert.Contains("No space left", error.Message, StringComparison.Ordinal);
        Assert.Equal("old", await File.ReadAllTextAsync(target, Cancel));
        Assert.Equal(2, Directory.GetFileSystemEntries(_place["disk"]).Length);
    }

    [Fact]
    public async Task Import_FromAServer_TooLarge_LeavesNothing()
    {
        await using var server = LoopbackServer.Http(new(), LoopbackServer.Answer("200 OK", ["Content-Length: 2000000"], new byte[2_000_000]));
        var error = await Assert.ThrowsAsync<ToilException>(() => FileImporter.ForLeader(_world!.Depot, 1, "/").ImportAsync($"http://127.0.0.1:{server.Port}/big", Cancel));

        Assert.Contains("No space left", error.Message, StringComparison.Ordinal);
        Assert.Empty(_world!.Stored());
    }

    [Fact]
    public async Task WriteShared_TooLarge_LeavesTheOldFile()
    {
        await using var store = _world!.Open();
        await store.WriteSharedAsync("config", _world.Outside("small", "old"), Cancel);
        await Assert.ThrowsAsync<ToilException>(() => store.WriteSharedAsync("config", _world.Outside("big", new string('x', 2_000_000)), Cancel));

        Assert.Equal("old", File.ReadAllText(await store.ReadSharedAsync("config", null, Cancel)));
    }

    [Fact]
    public async Task Read_CacheHasNoRoom_MakesRoomForTheJobInstead()
    {
        using var elsewhere = new FileStoreWorld(work: _place["disk"]);
        var blobs = new StreamingBlobs();
        var small = blobs.Add("small", new byte[400_000]);
        var large = blobs.Add("large", new byte[900_000]);
        var cache = new NodeCache(NodeCache.RootIn(_place["disk"]), Guid.NewGuid(), blobs, new ByteSize(10_000_000));
        Assert.NotNull(await cache.FetchAsync(small, 1, Cancel));

        Assert.Null(await cache.FetchAsync(large, 1, Cancel));
        Assert.Null(cache.Find(small, 1));

        // What another test is starting has this process's files open for a moment, those that were removed too.
        Assert.True(SpinWait.SpinUntil(() => new DriveInfo(_place["disk"]).AvailableFreeSpace > 900_000, TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task Read_WorkDirectoryFull_SaysSoAndLeavesNothing()
    {
        using var elsewhere = new FileStoreWorld(work: Path.Combine(_place["disk"], "work"));
        elsewhere.Cache = new NodeCache(NodeCache.RootIn(elsewhere.Work), Guid.NewGuid(), elsewhere.Depot.Blobs);
        var importer = FileImporter.ForLeader(elsewhere.Depot, 1, "/");
        var file = await importer.ImportAsync(elsewhere.Outside("big", new string('x', 2_000_000)), Cancel);
        await using var store = elsewhere.Open();

        foreach (var isMutable in new[] { false, true })
        {
            var error = await Assert.ThrowsAsync<ToilException>(() => store.ReadAsync(file, null, isMutable, false, Cancel));
            Assert.Contains("No space left", error.Message, StringComparison.Ordinal);
            Assert.Contains("--workDir", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal([".sum"], Directory.EnumerateFiles(elsewhere.Work, "*", SearchOption.AllDirectories).Select(Path.GetFileName));
    }

    [Fact]
    public async Task StoreMadeReadOnly_SaysSo_AndReadsGoOn()
    {
        var file = await _world!.GlobalAsync("x", "data");
        Assert.Equal("", Run("mount", "-o", "remount,ro", _place["disk"]));
        await using var store = _world.Open();

        Assert.Equal("data", File.ReadAllText(await store.ReadAsync(file, null, false, false, Cancel)));
        var errors = new[]
        {
            await Assert.ThrowsAsync<ToilException>(() => store.WriteAsync(MakeFile(store, "y", "more"), null, false, Cancel)),
            await Assert.ThrowsAsync<ToilException>(() => store.OpenWriteAsync("y", false, Cancel)),
            await Assert.ThrowsAsync<ToilException>(() => store.WriteSharedAsync("y", MakeFile(store, "z", "more"), Cancel)),
        };
        Assert.All(errors, error => Assert.Contains("Read-only file system", error.Message, StringComparison.Ordinal));
    }
}
