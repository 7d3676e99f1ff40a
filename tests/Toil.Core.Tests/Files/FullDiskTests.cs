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
            Run("umount", _place["disk"]);
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
}
