using Toil.JobStores;
using Xunit;
using static Toil.Tests.Files.FileStoreWorld;

namespace Toil.Tests.Files;

/// <summary>The work directory and the job store are on different file systems, so nothing can be linked. What a job sees must be the same.</summary>
public sealed class TwoFileSystemsTests : IDisposable
{
    private readonly string _memory;
    private readonly FileStoreWorld _world;

    public TwoFileSystemsTests()
    {
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "There is no second file system at /dev/shm.");
        _memory = Path.Combine("/dev/shm", "toil-test-" + Guid.NewGuid().ToString("N"));
        _world = new FileStoreWorld(work: _memory);
        Assert.SkipWhen(FileStatus.Of(_memory)!.Value.Device == FileStatus.Of(_world.Store)!.Value.Device, "/dev/shm and the temporary directory are one file system.");
    }

    public void Dispose()
    {
        _world?.Dispose();
        if (_memory is not null)
        {
            Directory.Delete(_memory, recursive: true);
        }
    }

    [Fact]
    public async Task WriteAndRead_CopyContentAndMode()
    {
        var file = await _world.GlobalAsync("tool", "#!/bin/sh\necho ran", executable: true);
        await using var store = _world.Open();
        var path = await store.ReadAsync(file, null, false, false, Cancel);
        await store.SyncAsync(Cancel);

        Assert.Equal("ran\n", Run(path));
        Assert.Equal(("555", "555"), (Modes.Get(path), Modes.Get(_world.PathOf(file))));
    }

    [Fact]
    public async Task Sync_ModifiedInput_FailsAsElsewhere_ButTheStoreIsUnharmed()
    {
        var file = await _world.GlobalAsync("x", "data");
        await using var store = _world.Open();
        ChangeInPlace(await store.ReadAsync(file, null, false, false, Cancel), "DATA");

        var error = await Assert.ThrowsAsync<ToilException>(() => store.SyncAsync(Cancel));
        Assert.Contains("modified its input 'x'", error.Message, StringComparison.Ordinal);
        Assert.Equal("data", _world.TextOf(file));
    }

    [Fact]
    public async Task Sync_WrittenFileChangedAfterwards_FailsAsElsewhere()
    {
        await using var store = _world.Open();
        var path = MakeFile(store, "x", "early");
        await store.WriteAsync(path, null, false, Cancel);
        ChangeInPlace(path, "later");

        await Assert.ThrowsAsync<ToilException>(() => store.SyncAsync(Cancel));
    }

    [Fact]
    public async Task Export_ToTheOtherFileSystem_Works()
    {
        var file = await _world.GlobalAsync("x", "data");
        await using var store = _world.Open();
        await store.ExportAsync(file, Path.Combine(_memory, "out"), Cancel);

        Assert.Equal("data", await File.ReadAllTextAsync(Path.Combine(_memory, "out"), Cancel));
    }
}
