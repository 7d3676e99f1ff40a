using Toil.JobStores;
using Xunit;
using static Toil.Tests.Files.FileStoreWorld;

namespace Toil.Tests.Files;

public sealed class AttemptFileStoreWriteTests : IDisposable
{
    private readonly FileStoreWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Write_OwnFile_TakesItOverWithoutACopy()
    {
        _world.SkipWhereFilesAreCloned();
        await using var store = _world.Open();
        var path = MakeFile(store, "out.txt", "result");

        var file = await store.WriteAsync(path, null, false, Cancel);

        Assert.Equal(new FileId("files/0/7-1.1-1-out.txt", "out.txt", 6), file);
        Assert.Equal("result", _world.TextOf(file));
        Assert.Equal("result", File.ReadAllText(path));
        Assert.True(FileStatus.Of(path)!.Value.IsSameFileAs(FileStatus.Of(_world.PathOf(file))!.Value));
        Assert.Equal("444", Modes.Get(path));
    }

    [Fact]
    public async Task Write_ForeignFile_CopiesItAndLeavesItAlone()
    {
        var path = _world.Outside("data.txt", "before");
        await using var store = _world.Open();

        var file = await store.WriteAsync(path, null, false, Cancel);
        ChangeInPlace(path, "after!");
        await store.SyncAsync(Cancel);

        Assert.Equal("before", _world.TextOf(file));
        Assert.Equal("644", Modes.Get(path));
    }

    [Fact]
    public async Task Write_OwnFileWithAnotherNameOutside_CopiesIt()
    {
        await using var store = _world.Open();
        var path = Path.Combine(store.TempDirectory, "mine");
        Run("ln", _world.Outside("original", "user's"), path);

        var file = await store.WriteAsync(path, null, false, Cancel);

        Assert.False(FileStatus.Of(path)!.Value.IsSameFileAs(FileStatus.Of(_world.PathOf(file))!.Value));
        Assert.Equal("644", Modes.Get(_world.OutsidePath("original")));
    }

    [Fact]
    public async Task Write_ThroughALinkedDirectoryThatLeadsOutside_CopiesTheFile()
    {
        _world.Outside("original", "user's");
        await using var store = _world.Open();
        File.CreateSymbolicLink(Path.Combine(store.TempDirectory, "out"), Path.GetDirectoryName(_world.OutsidePath("original"))!);

        await store.WriteAsync("out/original", null, false, Cancel);

        Assert.Equal("644", Modes.Get(_world.OutsidePath("original")));
    }

    [Fact]
    public async Task Write_SymbolicLink_TakesItsTargetsContentAndItsOwnName()
    {
        await using var store = _world.Open();
        var link = Path.Combine(store.TempDirectory, "latest.txt");
        File.CreateSymbolicLink(link, _world.Outside("v2.txt", "two"));

        var file = await store.WriteAsync(link, null, false, Cancel);

        Assert.Equal("latest.txt", file.Name);
        Assert.Equal("two", _world.TextOf(file));
        Assert.Null(new FileInfo(_world.PathOf(file)).LinkTarget);
    }

    [Fact]
    public async Task Write_LinkedInputAgain_SharesItsBytes()
    {
        _world.SkipWhereFilesAreCloned();
        var input = await _world.GlobalAsync("in", "content");
        await using var store = _world.Open();
        var path = await store.ReadAsync(input, null, false, false, Cancel);

        var file = await store.WriteAsync(path, null, false, Cancel);
        await store.SyncAsync(Cancel);

        Assert.NotEqual(input.Key, file.Key);
        Assert.True(FileStatus.Of(_world.PathOf(input))!.Value.IsSameFileAs(FileStatus.Of(_world.PathOf(file))!.Value));
    }

    [Fact]
    public async Task Write_RelativePath_BeginsAtTheAttemptsDirectory()
    {
        await using var store = _world.Open();
        MakeFile(store, "here", "x");

        Assert.Equal(1, (await store.WriteAsync("here", null, false, Cancel)).Size);
    }

    [Fact]
    public async Task Write_SameNameTwice_GivesTwoFiles()
    {
        await using var store = _world.Open();
        var first = await store.WriteAsync(MakeFile(store, "a", "1"), "same", false, Cancel);
        var second = await store.WriteAsync(MakeFile(store, "b", "2"), "same", false, Cancel);

        Assert.Equal(("1", "2"), (_world.TextOf(first), _world.TextOf(second)));
    }

    [Fact]
    public async Task Write_ManyAtOnce_GivesEachAKeyOfItsOwn()
    {
        await using var store = _world.Open();
        var paths = Enumerable.Range(0, 200).Select(i => MakeFile(store, $"f{i}", $"{i}")).ToList();

        var files = await Task.WhenAll(paths.Select(path => Task.Run(() => store.WriteAsync(path, "same", false, Cancel), Cancel)));

        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"{i}"), files.Select(_world.TextOf));
    }

    [Theory]
    [InlineData(true, "555")]
    [InlineData(false, "444")]
    public async Task Write_KeepsTheExecutableBit(bool executable, string mode)
    {
        await using var store = _world.Open();
        var own = await store.WriteAsync(MakeFile(store, "tool", "#!", executable), null, false, Cancel);
        var copy = await store.WriteAsync(MakeFile(store, "tool2", "#!", executable), null, false, Cancel);

        Assert.Equal((executable, executable), (own.Executable, copy.Executable));
        Assert.Equal((mode, mode), (Modes.Get(_world.PathOf(own)), Modes.Get(_world.PathOf(copy))));
    }

    [Fact]
    public async Task Write_EmptyFile_Works()
    {
        await using var store = _world.Open();
        var own = await store.WriteAsync(store.CreateTempFile(), "empty", false, Cancel);
        var foreign = await store.WriteAsync(_world.Outside("none", ""), null, false, Cancel);
        await store.SyncAsync(Cancel);

        Assert.Equal((0, 0), (own.Size, foreign.Size));
        Assert.Equal("", File.ReadAllText(await store.ReadAsync(own, null, true, false, Cancel)));
    }

    [Fact]
    public async Task Write_FileThatSaysItIsEmptyButIsNot_TakesItsContent()
    {
        await using var store = _world.Open();
        var file = await store.WriteAsync("/proc/version", null, false, Cancel);

        Assert.Equal(File.ReadAllText("/proc/version"), _world.TextOf(file));
        Assert.Equal(_world.TextOf(file).Length, file.Size);
    }

    [Theory]
    [InlineData("name with spaces.txt")]
    [InlineData("naïve-日本語-😀.fq")]
    [InlineData("-rf")]
    [InlineData("a:b|c*?\"<>")]
    [InlineData("back\\slash")]
    [InlineData("new\nline\ttab")]
    [InlineData("...")]
    [InlineData(" ")]
    [InlineData("%41#x?y")]
    public async Task Write_OddName_ComesBackAsItWas(string name)
    {
        await using var store = _world.Open();
        var file = await store.WriteAsync(MakeFile(store, name, "x"), null, false, Cancel);

        BlobKey.Check(file.Key);
        Assert.Equal(name, file.Name);
        await using var reader = _world.Open();
        Assert.Equal(name, Path.GetFileName(await reader.ReadAsync(file, null, false, false, Cancel)));
    }

    [Fact]
    public async Task Write_LongestName_Works()
    {
        var name = string.Concat(Enumerable.Repeat("日", 83)) + ".bam.x";
        await using var store = _world.Open();
        var file = await store.WriteAsync(MakeFile(store, name, "x"), null, false, Cancel);

        Assert.Equal(name, file.Name);
        Assert.EndsWith(".bam.x", file.Key, StringComparison.Ordinal);
        BlobKey.Check(file.Key + Toil.Files.FileDepot.SpoiledMark);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("nul\0")]
    public async Task Write_NameThatIsNone_SaysWhy(string name)
    {
        await using var store = _world.Open();
        var path = MakeFile(store, "x", "x");

        var error = await Assert.ThrowsAsync<ToilException>(() => store.WriteAsync(path, name, false, Cancel));
        Assert.Contains("can't be the name of a file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_Directory_SaysSo()
    {
        await using var store = _world.Open();
        var error = await Assert.ThrowsAsync<ToilException>(() => store.WriteAsync(store.CreateTempDirectory("results"), null, false, Cancel));

        Assert.Contains("is a directory", error.Message, StringComparison.Ordinal);
        Assert.Empty(_world.Stored());
    }

    [Fact]
    public async Task Write_MissingFile_NamesIt()
    {
        await using var store = _world.Open();
        var error = await Assert.ThrowsAsync<ToilException>(() => store.WriteAsync("no/such.txt", null, false, Cancel));

        Assert.Contains(Path.Combine(store.TempDirectory, "no/such.txt"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_DanglingLink_SaysWhereItLeads()
    {
        await using var store = _world.Open();
        File.CreateSymbolicLink(Path.Combine(store.TempDirectory, "link"), "gone.txt");

        var error = await Assert.ThrowsAsync<ToilException>(() => store.WriteAsync("link", null, false, Cancel));
        Assert.Contains("symbolic link to gone.txt", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_Pipe_SaysThatItIsNoFile()
    {
        await using var store = _world.Open();
        var pipe = Path.Combine(store.TempDirectory, "pipe");
        Run("mkfifo", pipe);

        var error = await Assert.ThrowsAsync<ToilException>(() => store.WriteAsync(pipe, null, false, Cancel));
        Assert.Contains("no regular file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_Cancelled_LeavesNothing()
    {
        await using var store = _world.Open();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            store.WriteAsync(_world.Outside("x", "x"), null, false, new CancellationToken(canceled: true)));

        Assert.Empty(_world.Stored());
    }

    [Fact]
    public async Task Write_StoreRemovedMeanwhile_SaysSo()
    {
        await using var store = _world.Open();
        Directory.Delete(_world.Store, recursive: true);

        var error = await Assert.ThrowsAsync<ToilException>(() => store.WriteAsync(MakeFile(store, "x", "x"), null, false, Cancel));
        Assert.Contains("is gone", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_FolderReapedMeanwhile_MakesItAgain()
    {
        await using var store = _world.Open();
        await store.WriteAsync(MakeFile(store, "a", "1"), null, false, Cancel);
        Directory.Delete(Path.Combine(_world.Store, "files"), recursive: true);

        var file = await store.WriteAsync(MakeFile(store, "b", "2"), null, false, Cancel);
        Assert.Equal("2", _world.TextOf(file));
    }

    [Fact]
    public async Task Write_Cleanup_IsRemembered()
    {
        await using var store = _world.Open();
        var brief = await store.WriteAsync(MakeFile(store, "a", "1"), null, cleanup: true, Cancel);
        await store.WriteAsync(MakeFile(store, "b", "2"), null, cleanup: false, Cancel);

        Assert.Equal([brief.Key], store.CleanupFiles);
    }
}
