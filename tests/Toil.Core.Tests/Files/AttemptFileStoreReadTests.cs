using Toil.JobStores;
using Xunit;
using static Toil.Tests.Files.FileStoreWorld;

namespace Toil.Tests.Files;

public sealed class AttemptFileStoreReadTests : IDisposable
{
    private readonly FileStoreWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Read_LinksAReadOnlyFileIntoADirectoryForInputs()
    {
        var file = await _world.GlobalAsync("in.txt", "data");
        await using var store = _world.Open();

        var path = await store.ReadAsync(file, null, false, false, Cancel);

        Assert.Equal(Path.Combine(store.TempDirectory, ".inputs", "in.txt"), path);
        Assert.Equal("data", File.ReadAllText(path));
        Assert.Equal("444", Modes.Get(path));
    }

    [Fact]
    public async Task Read_NameTaken_ChoosesTheNextOne()
    {
        var file = await _world.GlobalAsync("in.fq.gz", "data");
        await using var store = _world.Open();
        var first = await store.ReadAsync(file, null, false, false, Cancel);
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(first)!, "in-2.fq.gz"), "the job's own");
        var second = await store.ReadAsync(file, null, true, false, Cancel);

        Assert.Equal(["in.fq.gz", "in-3.fq.gz"], new[] { first, second }.Select(Path.GetFileName));
    }

    [Fact]
    public async Task Read_ThenWriteAFileOfTheSameName_GivesTwoFiles()
    {
        var file = await _world.GlobalAsync("x.txt", "before");
        await using var store = _world.Open();

        var input = await store.ReadAsync(file, null, false, false, Cancel);
        var output = await store.WriteAsync(MakeFile(store, "x.txt", "after"), null, false, Cancel);
        await store.SyncAsync(Cancel);

        Assert.Equal("before", File.ReadAllText(input));
        Assert.Equal(("before", "after"), (_world.TextOf(file), _world.TextOf(output)));
    }

    [Fact]
    public async Task Read_ManyAtOnce_GivesEachAPathOfItsOwn()
    {
        var file = await _world.GlobalAsync("in", "data");
        await using var store = _world.Open();

        var paths = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => store.ReadAsync(file, null, false, false, Cancel), Cancel)));

        Assert.Equal(100, paths.Distinct().Count());
        await store.SyncAsync(Cancel);
    }

    [Fact]
    public async Task Read_ToAPath_MakesTheDirectoriesAboveIt()
    {
        var file = await _world.GlobalAsync("in.txt", "data");
        await using var store = _world.Open();

        var path = await store.ReadAsync(file, "deep/down/x", false, false, Cancel);

        Assert.Equal(Path.Combine(store.TempDirectory, "deep/down/x"), path);
        Assert.Equal("data", File.ReadAllText(path));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Read_ToAPathThatIsTaken_LeavesWhatIsThere(bool mutable, bool symlink)
    {
        var file = await _world.GlobalAsync("in.txt", "data");
        await using var store = _world.Open();
        var taken = MakeFile(store, "x", "mine");

        var error = await Assert.ThrowsAsync<ToilException>(() => store.ReadAsync(file, "x", mutable, symlink, Cancel));

        Assert.Contains("there is something already", error.Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(taken));
    }

    [Fact]
    public async Task Read_ToAPathBelowAFile_SaysSo()
    {
        var file = await _world.GlobalAsync("in.txt", "data");
        await using var store = _world.Open();
        MakeFile(store, "x", "mine");

        var error = await Assert.ThrowsAsync<ToilException>(() => store.ReadAsync(file, "x/y", false, false, Cancel));
        Assert.Contains("read 'in.txt' to", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_Mutable_GivesAPrivateCopy()
    {
        var file = await _world.GlobalAsync("in.txt", "data");
        await using var store = _world.Open();

        var path = await store.ReadAsync(file, null, mutable: true, symlink: true, Cancel);
        await File.AppendAllTextAsync(path, " and more", Cancel);
        await store.SyncAsync(Cancel);

        Assert.Equal("data", _world.TextOf(file));
        Assert.Null(new FileInfo(path).LinkTarget);
        Assert.Equal("644", Modes.Get(path));
    }

    [Fact]
    public async Task Read_Symlink_LeadsToTheStore()
    {
        var file = await _world.GlobalAsync("in.txt", "data");
        await using var store = _world.Open();

        var path = await store.ReadAsync(file, null, false, symlink: true, Cancel);
        var second = await store.ReadAsync(file, null, false, symlink: true, Cancel);

        Assert.Equal(_world.PathOf(file), new FileInfo(path).LinkTarget);
        Assert.NotEqual(path, second);
    }

    [Theory]
    [InlineData(false, "555")]
    [InlineData(true, "755")]
    public async Task Read_RestoresTheExecutableBit(bool mutable, string mode)
    {
        var file = await _world.GlobalAsync("tool", "#!/bin/sh\necho ran", executable: true);
        await using var store = _world.Open();

        var path = await store.ReadAsync(file, null, mutable, false, Cancel);

        Assert.Equal(mode, Modes.Get(path));
        Assert.Equal("ran\n", Run(path));
    }

    [Fact]
    public async Task Read_OwnWriteBeforeTheCommit_Works()
    {
        await using var store = _world.Open();
        var file = await store.WriteAsync(MakeFile(store, "x", "new"), null, false, Cancel);

        Assert.Equal("new", File.ReadAllText(await store.ReadAsync(file, null, false, false, Cancel)));
        using var reader = new StreamReader(await store.OpenReadAsync(file, Cancel));
        Assert.Equal("new", await reader.ReadToEndAsync(Cancel));
    }

    [Fact]
    public async Task Read_AfterTheWriterIsGone_StillHasTheContent()
    {
        var file = await _world.GlobalAsync("x", "kept");

        Assert.Equal("kept", _world.TextOf(file));
        Assert.Equal(1u, FileStatus.Of(_world.PathOf(file))!.Value.Links);
    }

    [Fact]
    public async Task Read_DeletedFile_NamesTheJobThatDeletedIt()
    {
        var file = await _world.GlobalAsync("x.bam", "data");
        File.Delete(_world.PathOf(file));
        _world.Deleters[file.Key] = "tidy";
        await using var store = _world.Open();

        var errors = new[]
        {
            await Assert.ThrowsAsync<ToilException>(() => store.ReadAsync(file, null, false, false, Cancel)),
            await Assert.ThrowsAsync<ToilException>(() => store.OpenReadAsync(file, Cancel)),
            await Assert.ThrowsAsync<ToilException>(() => store.ExportAsync(file, "y", Cancel)),
        };

        Assert.All(errors, error => Assert.Contains("'x.bam'", error.Message, StringComparison.Ordinal));
        Assert.All(errors, error => Assert.Contains("job 'tidy' has deleted it", error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Read_AbsentFile_SaysWhichStore()
    {
        await using var store = _world.Open();
        var error = await Assert.ThrowsAsync<ToilException>(() => store.ReadAsync(new FileId("files/1/1.1/1-x", "x", 1), null, false, false, Cancel));

        Assert.Contains(_world.Store, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("files/../secret")]
    [InlineData("/etc/passwd")]
    [InlineData("journal/00000001-0000.log")]
    [InlineData("files//x")]
    public async Task Read_IdThatLeadsElsewhere_IsRefused(string key)
    {
        await using var store = _world.Open();
        await Assert.ThrowsAsync<ToilException>(() => store.ReadAsync(new FileId(key, "x", 1), null, false, false, Cancel));
        Assert.Throws<ToilException>(() => store.Delete(new FileId(key, "x", 1)));
    }

    [Fact]
    public async Task Read_StoredFileOfAnotherSize_IsRefused()
    {
        var file = await _world.GlobalAsync("x", "data");
        ChangeInPlace(_world.PathOf(file), "longer than it was");
        await using var store = _world.Open();

        var error = await Assert.ThrowsAsync<ToilException>(() => store.ReadAsync(file, null, false, false, Cancel));
        Assert.Contains("somebody has changed it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_FileThatThisAttemptDeleted_IsAnError()
    {
        var file = await _world.GlobalAsync("x", "data");
        await using var store = _world.Open();
        store.Delete(file);
        store.Delete(file);

        var error = await Assert.ThrowsAsync<ToilException>(() => store.ReadAsync(file, null, false, false, Cancel));

        Assert.Contains("this job has deleted it", error.Message, StringComparison.Ordinal);
        Assert.Equal([file.Key], store.DeletedFiles);
        Assert.Equal("data", _world.TextOf(file));
    }
}
