using Toil.Files;
using Toil.JobStores;
using Xunit;
using static Toil.Tests.Files.FileStoreWorld;

namespace Toil.Tests.Files;

/// <summary>Exports that leave only a link in the job store.</summary>
public sealed class MovedExportTests : IDisposable
{
    private readonly FileStoreWorld _world = new();

    public void Dispose() => _world.Dispose();

    private Task MoveAsync(FileId file, string name) =>
        new FileExporter(() => "/", move: true).ExportAsync(_world.Depot.Locate(file), file.Executable, _world.OutsidePath(name), Cancel);

    [Fact]
    public async Task Export_MovesTheFile_AndTheStoreLeadsToIt()
    {
        var file = await _world.GlobalAsync("x", "data");
        var inode = FileStatus.Of(_world.PathOf(file))!.Value.Inode;
        await MoveAsync(file, "out");

        Assert.Equal("data", File.ReadAllText(_world.OutsidePath("out")));
        Assert.Equal("644", Modes.Get(_world.OutsidePath("out")));
        Assert.Equal(_world.OutsidePath("out"), new FileInfo(_world.PathOf(file)).LinkTarget);
        Assert.Equal(inode, FileStatus.Of(_world.OutsidePath("out"))!.Value.Inode);
    }

    [Fact]
    public async Task Read_OfWhatWasMoved_GivesACopy_NeverALinkOfTheUsersFile()
    {
        var file = await _world.GlobalAsync("x", "data");
        await MoveAsync(file, "out");
        await using var store = _world.Open();

        foreach (var isSymlink in new[] { false, true })
        {
            var path = await store.ReadAsync(file, null, false, isSymlink, Cancel);
            Assert.False(FileStatus.Of(path)!.Value.IsSameFileAs(FileStatus.Of(_world.OutsidePath("out"))!.Value));
            Assert.Equal(("data", "444"), (File.ReadAllText(path), Modes.Get(path)));
        }

        await store.SyncAsync(Cancel);
    }

    [Fact]
    public async Task Export_Again_WorksToTheSamePlaceAndElsewhere()
    {
        var file = await _world.GlobalAsync("x", "data");
        await MoveAsync(file, "out");
        await MoveAsync(file, "out");
        await MoveAsync(file, "copy");

        Assert.Equal(("data", "data"), (File.ReadAllText(_world.OutsidePath("out")), File.ReadAllText(_world.OutsidePath("copy"))));
        Assert.Equal(_world.OutsidePath("out"), new FileInfo(_world.PathOf(file)).LinkTarget);
    }

    [Fact]
    public async Task Export_OfAFileInUse_CopiesIt()
    {
        _world.SkipWhereFilesAreCloned();
        var file = await _world.GlobalAsync("x", "data");
        await using var store = _world.Open();
        await store.ReadAsync(file, null, false, false, Cancel);
        await MoveAsync(file, "out");

        Assert.Null(new FileInfo(_world.PathOf(file)).LinkTarget);
        Assert.Equal("data", File.ReadAllText(_world.OutsidePath("out")));
    }

    [Fact]
    public async Task Read_MovedFileThatIsGoneOrChanged_SaysWhereItWas()
    {
        var file = await _world.GlobalAsync("x", "data");
        await MoveAsync(file, "out");
        await File.AppendAllTextAsync(_world.OutsidePath("out"), "!", Cancel);
        Assert.Contains("somebody has changed it", Assert.Throws<ToilException>(() => _world.Depot.Locate(file)).Message, StringComparison.Ordinal);

        File.Delete(_world.OutsidePath("out"));
        Assert.Contains($"moved out of the job store to {_world.OutsidePath("out")}", Assert.Throws<ToilException>(() => _world.Depot.Locate(file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Delete_RemovesTheLinkAlone(bool isThere)
    {
        var file = await _world.GlobalAsync("x", "data");
        await MoveAsync(file, "out");
        if (!isThere)
        {
            File.Delete(_world.OutsidePath("out"));
        }

        await using var blobs = new FileBlobStore(_world.Store, TimeProvider.System);
        Assert.Equal([file.Key], await blobs.ListAsync("files/", Cancel).Select(blob => blob.Key).ToListAsync(Cancel));
        await blobs.DeleteAsync(file.Key, Cancel);

        Assert.Empty(_world.Stored());
        Assert.Equal(isThere, File.Exists(_world.OutsidePath("out")));
    }

    [Fact]
    public async Task Export_ToAnotherFileSystem_CopiesAndThenLeavesALink()
    {
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "There is no second file system at /dev/shm.");
        var target = Path.Combine("/dev/shm", "toil-test-" + Guid.NewGuid().ToString("N"));
        var file = await _world.GlobalAsync("x", "data", executable: true);
        try
        {
            await new FileExporter(() => "/", move: true).ExportAsync(_world.Depot.Locate(file), true, target, Cancel);

            Assert.Equal(("data", "755"), (File.ReadAllText(target), Modes.Get(target)));
            Assert.Equal(target, new FileInfo(_world.PathOf(file)).LinkTarget);
        }
        finally
        {
            File.Delete(target);
        }
    }
}
