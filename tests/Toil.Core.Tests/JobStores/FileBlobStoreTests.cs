using Toil.JobStores;
using Toil.Tests.Fakes;
using Xunit;

namespace Toil.Tests.JobStores;

public sealed class FileBlobStoreTests : BlobStoreContract
{
    private readonly TemporaryDirectory _parent = new();

    private string Root => _parent["store"];

    protected override async ValueTask<IBlobStore> OpenEmptyAsync() =>
        (await new FileBlobStoreProvider().OpenAsync(JobStoreLocator.ForPath(Root), create: true, Cancel))!;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _parent.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Root_IsPrivate() => Assert.Equal("drwx------", Mode(Root));

    [Fact]
    public async Task Put_LeavesNoTemporaryFiles()
    {
        await Store.PutAsync("a/b", Bytes("x"), null, Cancel);
        await Store.PutAsync("a/b", Bytes("y"), BlobPutOptions.IfAbsent, Cancel);
        await Store.PutFileAsync("a/c", Local.Write("f", "z"), FileIngest.Link, null, Cancel);
        await Store.PutFileAsync("a/c", Local["f"], FileIngest.Link, null, Cancel);

        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Root, "tmp")));
    }

    [Fact]
    public async Task Delete_LastBlobOfADirectory_RemovesTheDirectory()
    {
        await Store.PutAsync("values/job/1/out", Bytes("x"), null, Cancel);
        await Store.DeleteAsync("values/job/1/out", Cancel);

        Assert.False(Directory.Exists(Path.Combine(Root, "values")));
        Assert.True(Directory.Exists(Root));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Put_WhereAKilledWriterLeftAnEmptyDirectory_Works(bool onlyIfAbsent)
    {
        Directory.CreateDirectory(Path.Combine(Root, "a"));

        Assert.True(await Store.PutAsync("a", Bytes("x"), new BlobPutOptions { OnlyIfAbsent = onlyIfAbsent }, Cancel));
        Assert.Equal("x", await TextAsync("a"));
    }

    [Fact]
    public async Task Put_BelowABlobOrOntoADirectory_SaysWhy()
    {
        await Store.PutAsync("a/b", Bytes("x"), null, Cancel);

        await Assert.ThrowsAnyAsync<ToilException>(async () => await Store.PutAsync("a/b/c", Bytes("x"), null, Cancel));
        await Assert.ThrowsAnyAsync<ToilException>(async () => await Store.PutAsync("a", Bytes("x"), null, Cancel));
        await Assert.ThrowsAnyAsync<ToilException>(async () => await Store.PutAsync("a", Bytes("x"), BlobPutOptions.IfAbsent, Cancel));
    }

    [Fact]
    public async Task Move_OnOneFileSystem_TakesTheFileItself()
    {
        var file = Local.Write("f", "x");
        var inode = FileStatus.Of(file)!.Value.Inode;
        await Store.PutFileAsync("k", file, FileIngest.Move, null, Cancel);

        Assert.True(Store.TryGetLocalPath("k", out var path));
        Assert.Equal(inode, FileStatus.Of(path)!.Value.Inode);
        Assert.Equal(FileHandout.HardLinked, await Store.GetFileAsync("k", Local["again"], mayShare: true, Cancel));
    }

    [Fact]
    public async Task Move_FromAnotherFileSystem_Copies()
    {
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "There is no second file system at /dev/shm.");
        var file = Path.Combine("/dev/shm", $"toil-test-{Guid.NewGuid():N}");
        await File.WriteAllTextAsync(file, "far away", Cancel);

        await Store.PutFileAsync("k", file, FileIngest.Move, BlobPutOptions.IfAbsent, Cancel);

        Assert.Equal("far away", await TextAsync("k"));
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task LinkRacers_OfOneSource_HaveExactlyOneWinner()
    {
        var file = Local.Write("f", "x");
        var won = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            Store.PutFileAsync("k", file, FileIngest.Link, BlobPutOptions.IfAbsent, Cancel).AsTask()));

        Assert.Single(won, true);
    }

    [Fact]
    public void Sweep_RemovesOldTemporaryFilesOnly()
    {
        var time = new FakeTime();
        var temporary = new TemporaryFiles(Path.Combine(Root, "tmp"), time);
        var old = temporary.NewPath();
        File.WriteAllText(old, "x");
        File.SetLastWriteTimeUtc(old, time.GetUtcNow().UtcDateTime);
        time.Advance(TimeSpan.FromHours(2));
        var young = temporary.NewPath();
        File.WriteAllText(young, "x");
        File.SetLastWriteTimeUtc(young, FakeTime.Start.UtcDateTime);
        var foreign = Path.Combine(Root, "tmp", "toil-notes.part");
        File.WriteAllText(foreign, "x");

        temporary.Sweep(TimeSpan.FromHours(1));

        Assert.False(File.Exists(old));
        Assert.True(File.Exists(young));
        Assert.True(File.Exists(foreign));
    }

    [Fact]
    public async Task PublicUrl_NamesTheFile()
    {
        await Store.PutAsync("a/b #1?.txt", Bytes("x"), null, Cancel);
        var url = await Store.GetPublicUrlAsync("a/b #1?.txt", TimeSpan.FromHours(1), Cancel);

        Assert.True(url.IsFile);
        Assert.Equal(Path.Combine(Root, "a/b #1?.txt"), url.LocalPath);
    }

    [Fact]
    public void StorageFailure_DiskFull_NamesPathFreeSpaceAndRemedy()
    {
        var failure = StorageFailure.From(new IOException("No space left on device", Errno.NoSpace), "write", Path.Combine(Root, "x/y"));

        Assert.Contains(Root, failure.Message, StringComparison.Ordinal);
        Assert.Contains("GiB are free there", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Free some space", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnfinishedContent_IsNoBlob()
    {
        await File.WriteAllTextAsync(((FileBlobStore)Store).Temporary.NewPath(), "half a blo", Cancel);

        Assert.Empty(await KeysAsync(""));
        Assert.True(await Store.PutAsync("k", Bytes("x"), BlobPutOptions.IfAbsent, Cancel));
    }

    private static string Mode(string path) => OperatingSystem.IsWindows()
        ? "drwx------"
        : File.GetUnixFileMode(path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute) ? "drwx------" : "other";
}
