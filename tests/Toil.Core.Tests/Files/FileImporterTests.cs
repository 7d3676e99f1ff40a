using Toil.Files;
using Toil.JobStores;
using Xunit;
using static Toil.Tests.Files.FileStoreWorld;

namespace Toil.Tests.Files;

public sealed class FileImporterTests : IDisposable
{
    private readonly FileStoreWorld _world = new();

    public void Dispose() => _world.Dispose();

    private FileImporter Leader(int epoch = 1, bool linkImports = false) =>
        FileImporter.ForLeader(_world.Depot, epoch, Path.GetDirectoryName(_world.OutsidePath("x"))!, linkImports);

    [Fact]
    public async Task Import_ByTheLeader_CopiesAndIsDurableAfterTheSync()
    {
        var path = _world.Outside("reads.fq", "ACGT");
        var importer = Leader();

        var file = await importer.ImportAsync("reads.fq", Cancel);
        await importer.SyncAsync(Cancel);
        ChangeInPlace(path, "TTTT");

        Assert.Equal(new FileId("files/import/1/1-reads.fq", "reads.fq", 4), file);
        Assert.Equal("ACGT", _world.TextOf(file));
        Assert.Contains(_world.PathOf(file), _world.Disk.Synced);
    }

    [Fact]
    public async Task Import_ByTwoLeaders_NeverSharesAKey()
    {
        _world.Outside("x", "1");
        var files = new[] { await Leader(1).ImportAsync("x", Cancel), await Leader(1).ImportAsync("x", Cancel), await Leader(2).ImportAsync("x", Cancel) };

        Assert.Equal(3, files.Select(file => file.Key).Distinct().Count());
    }

    [Fact]
    public async Task Import_ManyAtOnce_Works()
    {
        var importer = Leader();
        var urls = Enumerable.Range(0, 50).Select(i => "file://" + _world.Outside($"f{i}", $"{i}")).ToList();

        var files = await Task.WhenAll(urls.Select(url => importer.ImportAsync(url, Cancel)));
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"{i}"), files.Select(_world.TextOf));
    }

    [Fact]
    public async Task Import_InAJob_TakesUrlsWithOddCharacters()
    {
        var path = _world.Outside("två filer 100%.txt", "x");
        await using var store = _world.Open();

        var file = await store.ImportAsync("file://localhost" + Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal), Cancel);
        Assert.Equal("två filer 100%.txt", file.Name);
    }

    [Fact]
    public async Task Import_OfTheJobsOwnFile_CopiesIt()
    {
        await using var store = _world.Open();
        var path = MakeFile(store, "x", "1");
        var file = await store.ImportAsync("x", Cancel);
        ChangeInPlace(path, "2");
        await store.SyncAsync(Cancel);

        Assert.Equal("1", _world.TextOf(file));
    }

    [Fact]
    public async Task Import_Executable_KeepsTheBit()
    {
        var path = _world.Outside("tool", "#!");
        Modes.Set(path, "500");

        Assert.True((await Leader().ImportAsync(path, Cancel)).Executable);
    }

    [Fact]
    public async Task Import_LinkImports_SharesTheFileAndLeavesItsPermissions()
    {
        _world.SkipWhereFilesAreCloned();
        var path = _world.Outside("x", "1");
        var file = await Leader(linkImports: true).ImportAsync(path, Cancel);

        Assert.True(FileStatus.Of(path)!.Value.IsSameFileAs(FileStatus.Of(_world.PathOf(file))!.Value));
        Assert.Equal("644", Modes.Get(path));
    }

    [Fact]
    public async Task Import_LinkImportsOfASymbolicLink_LinksWhatItLeadsTo()
    {
        var path = _world.Outside("real", "1");
        File.CreateSymbolicLink(_world.OutsidePath("link"), path);
        var file = await Leader(linkImports: true).ImportAsync("link", Cancel);

        Assert.Equal(("link", "1"), (file.Name, _world.TextOf(file)));
        Assert.True(FileStatus.Of(_world.PathOf(file))!.Value.IsRegular);
    }

    [Theory]
    [InlineData("nowhere.txt", "there is no file")]
    [InlineData("file:nowhere.txt", "there is no file")]
    [InlineData(".", "is a directory")]
    [InlineData("s3://bucket/x", "isn't available")]
    public async Task Import_WhatCannotBe_SaysWhy(string url, string reason)
    {
        var error = await Assert.ThrowsAsync<ToilException>(() => Leader().ImportAsync(url, Cancel));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains(url, error.Message, StringComparison.Ordinal);
        Assert.Empty(_world.Stored());
    }
}
