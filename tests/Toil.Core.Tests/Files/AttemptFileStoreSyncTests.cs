using Xunit;
using static Toil.Tests.Files.FileStoreWorld;

namespace Toil.Tests.Files;

public sealed class AttemptFileStoreSyncTests : IDisposable
{
    private readonly FileStoreWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Sync_MakesEachFileDurableAndTheNamesThatLeadToIt()
    {
        await using var store = _world.Open();
        var linked = await store.WriteAsync(MakeFile(store, "a", "1"), null, false, Cancel);
        var copied = await store.WriteAsync(_world.Outside("b", "2"), null, false, Cancel);
        var stream = await store.OpenWriteAsync("c", false, Cancel);
        await stream.DisposeAsync();

        await store.SyncAsync(Cancel);

        string[] folders = ["files/0", "files", "."];
        Assert.Equal(
            new[] { linked, copied, stream.FileId }.Select(_world.PathOf).Concat(folders.Select(name => Path.GetFullPath(name, _world.Store))).Order(),
            _world.Disk.Synced.Order());
    }

    [Fact]
    public async Task Sync_Again_CoversWhatWasWrittenSince()
    {
        await using var store = _world.Open();
        await store.WriteAsync(MakeFile(store, "a", "1"), null, false, Cancel);
        await store.SyncAsync(Cancel);
        _world.Disk.Synced.Clear();

        var file = await store.WriteAsync(MakeFile(store, "b", "2"), null, false, Cancel);
        await store.SyncAsync(Cancel);
        Assert.Equal([Path.GetDirectoryName(_world.PathOf(file)), _world.PathOf(file)], _world.Disk.Synced.Order());
    }

    [Fact]
    public async Task Sync_OfAnAttemptThatMovedNoFiles_TouchesNothing()
    {
        await using (var store = _world.Open())
        {
            await store.SyncAsync(Cancel);
            Assert.Empty(store.DeletedFiles);
        }

        Assert.Empty(_world.Disk.Synced);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_world.Work));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_world.Store));
    }

    [Fact]
    public async Task Sync_OfAnAttemptThatOnlyRead_SyncsNothing()
    {
        var file = await _world.GlobalAsync("x", "data");
        _world.Disk.Synced.Clear();
        await using var store = _world.Open();
        await store.ReadAsync(file, null, false, false, Cancel);
        await store.SyncAsync(Cancel);

        Assert.Empty(_world.Disk.Synced);
    }

    [Fact]
    public async Task Sync_AfterTheDiskFailedOnce_NeverSucceeds()
    {
        await using var store = _world.Open();
        _world.Disk.Failure = "Input/output error";
        await store.WriteAsync(MakeFile(store, "a", "1"), null, false, Cancel);
        await Assert.ThrowsAsync<ToilException>(() => store.SyncAsync(Cancel));

        _world.Disk.Failure = null;
        await Assert.ThrowsAsync<ToilException>(() => store.SyncAsync(Cancel));
    }

    [Fact]
    public async Task Sync_WrittenFileChangedAfterwards_FailsAndNamesIt()
    {
        await using var store = _world.Open();
        var path = MakeFile(store, "out.txt", "early");
        await store.WriteAsync(path, "report.txt", false, Cancel);
        ChangeInPlace(path, "later");

        var error = await Assert.ThrowsAsync<ToilException>(() => store.SyncAsync(Cancel));
        Assert.Contains("'report.txt'", error.Message, StringComparison.Ordinal);
        Assert.Contains("after it had written it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_WrittenFileChangedUnderAnotherName_FailsToo()
    {
        _world.SkipWhereFilesAreCloned();
        await using var store = _world.Open();
        var path = MakeFile(store, "out.txt", "early");
        await store.WriteAsync(path, null, false, Cancel);
        File.Move(path, path + ".moved");
        ChangeInPlace(path + ".moved", "later");

        await Assert.ThrowsAsync<ToilException>(() => store.SyncAsync(Cancel));
    }

    [Fact]
    public async Task Sync_WrittenFileRemovedOrReplaced_IsFine()
    {
        await using var store = _world.Open();
        var removed = await store.WriteAsync(MakeFile(store, "a", "1"), null, false, Cancel);
        var replaced = await store.WriteAsync(MakeFile(store, "b", "2"), null, false, Cancel);
        File.Delete(Path.Combine(store.TempDirectory, "a"));
        File.Move(MakeFile(store, "c", "other"), Path.Combine(store.TempDirectory, "b"), overwrite: true);
        await store.SyncAsync(Cancel);

        Assert.Equal(("1", "2"), (_world.TextOf(removed), _world.TextOf(replaced)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sync_WrittenFileGoneFromTheStore_Fails(bool own)
    {
        await using var store = _world.Open();
        var file = await store.WriteAsync(own ? MakeFile(store, "a", "1") : _world.Outside("a", "1"), null, false, Cancel);
        File.Delete(_world.PathOf(file));

        var error = await Assert.ThrowsAsync<ToilException>(() => store.SyncAsync(Cancel));
        Assert.Contains("vanished", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sync_ModifiedInput_FailsNamesItAndSuggestsACopy(bool symlink)
    {
        var file = await _world.GlobalAsync("ref.fa", "ACGT");
        await using var store = _world.Open();
        ChangeInPlace(await store.ReadAsync(file, null, false, symlink, Cancel), "ACGA");

        var error = await Assert.ThrowsAsync<ToilException>(() => store.SyncAsync(Cancel));

        Assert.Contains("modified its input 'ref.fa'", error.Message, StringComparison.Ordinal);
        Assert.Contains("-Mutable", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_SpoiledInput_IsNeverTakenForTheOriginalAgain()
    {
        _world.SkipWhereFilesAreCloned();
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root writes to a file without changing that it is read-only.");
        var file = await _world.GlobalAsync("ref.fa", "ACGT");
        await using (var store = _world.Open())
        {
            ChangeInPlace(await store.ReadAsync(file, null, false, false, Cancel), "ACGA");
            await Assert.ThrowsAsync<ToilException>(() => store.SyncAsync(Cancel));
        }

        await using var retry = _world.Open();
        var error = await Assert.ThrowsAsync<ToilException>(() => retry.ReadAsync(file, null, false, false, Cancel));
        Assert.Contains("has changed it in place", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RemoveSpoiledInputs_FailedAttemptChangedOne_NamesItAndNobodyReadsItAgain()
    {
        _world.SkipWhereFilesAreCloned();
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root writes to a file without changing that it is read-only.");
        var file = await _world.GlobalAsync("ref.fa", "ACGT");
        var untouched = await _world.GlobalAsync("other.fa", "ACGT");
        await using (var store = _world.Open())
        {
            await store.ReadAsync(untouched, null, false, false, Cancel);
            ChangeInPlace(await store.ReadAsync(file, null, false, false, Cancel), "ACGA");
            Assert.Contains("modified its input 'ref.fa'", store.RemoveSpoiledInputs(), StringComparison.Ordinal);
            Assert.Equal("", store.RemoveSpoiledInputs());
        }

        await using var retry = _world.Open();
        Assert.Equal("ACGT", File.ReadAllText(await retry.ReadAsync(untouched, null, false, false, Cancel)));
        var error = await Assert.ThrowsAsync<ToilException>(() => retry.ReadAsync(file, null, false, false, Cancel));
        Assert.Contains("has changed it in place", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RemoveSpoiledInputs_PrivateCopyChanged_IsNobodysLoss()
    {
        var file = await _world.GlobalAsync("ref.fa", "ACGT");
        await using var store = _world.Open();
        File.AppendAllText(await store.ReadAsync(file, null, mutable: true, false, Cancel), "ACGA");
        Assert.Equal("", store.RemoveSpoiledInputs());
    }

    [Fact]
    public async Task Sync_InputOnlyTouched_FailsButStaysReadable()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "Root may have written what looks only touched.");
        var file = await _world.GlobalAsync("ref.fa", "ACGT");
        await using (var store = _world.Open())
        {
            File.SetLastWriteTimeUtc(await store.ReadAsync(file, null, false, false, Cancel), DateTime.UtcNow.AddSeconds(2));
            await Assert.ThrowsAsync<ToilException>(() => store.SyncAsync(Cancel));
        }

        await using var retry = _world.Open();
        Assert.Equal("ACGT", File.ReadAllText(await retry.ReadAsync(file, null, mutable: true, false, Cancel)));
    }

    [Fact]
    public async Task Sync_InputLinkedByOthersMeanwhile_IsFine()
    {
        var file = await _world.GlobalAsync("x", "data");
        await using var store = _world.Open();
        await store.ReadAsync(file, null, false, false, Cancel);
        await using (var other = _world.Open())
        {
            await other.ReadAsync(file, null, false, false, Cancel);
        }

        await store.SyncAsync(Cancel);
    }

    [Fact]
    public async Task Sync_InputRemovedOrReplaced_IsFine()
    {
        var file = await _world.GlobalAsync("x", "data");
        await using var store = _world.Open();
        File.Delete(await store.ReadAsync(file, null, false, false, Cancel));
        var second = await store.ReadAsync(file, null, false, false, Cancel);
        File.Move(MakeFile(store, "new", "other"), second, overwrite: true);
        await store.SyncAsync(Cancel);

        Assert.Equal("data", _world.TextOf(file));
    }

    [Fact]
    public async Task Sync_SeveralFaults_NamesThemAll()
    {
        var inputs = new[] { await _world.GlobalAsync("one", "1"), await _world.GlobalAsync("two", "2") };
        await using var store = _world.Open();
        foreach (var input in inputs)
        {
            ChangeInPlace(await store.ReadAsync(input, null, false, false, Cancel), "changed");
        }

        var error = await Assert.ThrowsAsync<ToilException>(() => store.SyncAsync(Cancel));
        Assert.Contains("'one'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'two'", error.Message, StringComparison.Ordinal);
    }
}
