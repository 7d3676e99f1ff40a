using Xunit;

namespace Toil.Tests.Files;

public sealed class AttemptDirectoryTests : IDisposable
{
    private readonly FileStoreWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task TempDirectory_IsMadeWhenAskedForAndRemovedAtTheEnd()
    {
        string path;
        await using (var store = _world.Open())
        {
            Assert.Empty(Directory.EnumerateFileSystemEntries(_world.Work));
            path = store.TempDirectory;
            Assert.Equal(Path.Combine(_world.Work, "7-1.1"), path);
            Assert.Equal("700", Modes.Get(path));
        }

        Assert.False(Directory.Exists(path));
    }

    [Fact]
    public async Task Dispose_RemovesWhatTheJobHasLocked()
    {
        await using (var store = _world.Open())
        {
            var locked = store.CreateTempDirectory();
            File.WriteAllText(Path.Combine(locked, "file"), "x");
            Modes.Set(Directory.CreateDirectory(Path.Combine(locked, "inner")).FullName, "0");
            Modes.Set(locked, "400");
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_world.Work));
    }

    [Fact]
    public async Task Dispose_NeverFollowsLinksOutOfTheDirectory()
    {
        var file = _world.Outside("kept", "x");
        await using (var store = _world.Open())
        {
            File.CreateSymbolicLink(Path.Combine(store.TempDirectory, "link"), Path.GetDirectoryName(file)!);
        }

        Assert.True(File.Exists(file));
    }

    [Fact]
    public async Task Dispose_DirectoryAlreadyGone_IsFine()
    {
        await using var store = _world.Open();
        Directory.Delete(store.TempDirectory);
    }

    [Fact]
    public async Task CreateTempFile_GivesUniquePrivateNames()
    {
        await using var store = _world.Open();
        var paths = Enumerable.Range(0, 100).Select(_ => store.CreateTempFile("part-", ".txt")).ToList();

        Assert.Equal(100, paths.Distinct().Count());
        Assert.All(paths, path => Assert.Matches("/part-[a-z0-9]+\\.txt$", path));
        Assert.All(paths, path => Assert.Equal("600", Modes.Get(path)));
    }

    [Fact]
    public async Task CreateTempDirectory_IsPrivate()
    {
        await using var store = _world.Open();
        var first = store.CreateTempDirectory("d-");

        Assert.NotEqual(first, store.CreateTempDirectory("d-"));
        Assert.Equal("700", Modes.Get(first));
    }

    [Fact]
    public async Task CreateTempFile_PrefixThatLeadsElsewhere_IsRefused()
    {
        await using var store = _world.Open();
        Assert.Throws<ToilException>(() => store.CreateTempFile("../x"));
        Assert.Throws<ToilException>(() => store.CreateTempDirectory("/tmp/x"));
    }

    [Fact]
    public async Task TempDirectory_WorkDirectoryThatIsAFile_SaysSo()
    {
        await using var store = new Toil.Files.AttemptFileStore(_world.Depot, new Toil.Agents.AttemptId(1, 1, 1), _world.Outside("file", ""));
        Assert.Throws<ToilException>(() => store.TempDirectory);
    }
}
