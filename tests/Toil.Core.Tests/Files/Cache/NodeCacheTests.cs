using System.Diagnostics;
using Toil.Files;
using Toil.JobStores;
using Toil.Tests.Agents;
using Toil.Tests.Fakes;
using Xunit;

namespace Toil.Tests.Files;

public sealed class NodeCacheTests : IDisposable
{
    private const long Modified = 1_700_000_000_123_456_789;

    private readonly TemporaryDirectory _place = new();
    private readonly StreamingBlobs _blobs = new();
    private readonly Guid _workflow = Guid.NewGuid();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Root => _place["cache"];

    public void Dispose() => _place.Dispose();

    private NodeCache Open(long? limit = null, Guid? workflow = null) => new(Root, workflow ?? _workflow, _blobs, limit is null ? null : (ByteSize?)new ByteSize(limit.Value));

    private FileId Blob(string name, int size) => _blobs.Add(name, [.. Enumerable.Repeat((byte)name[0], size)]);

    private IEnumerable<string> Copies() => Directory.Exists(Root)
        ? Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).Select(path => Path.GetFileName(path)).Where(name => name != ".sum")
        : [];

    [Fact]
    public async Task Fetch_Twice_OpensTheBlobOnce()
    {
        var file = Blob("x.bam", 1_000_000) with { Executable = true };

        var first = await Open().FetchAsync(file, Modified, Cancel);
        var second = await Open().FetchAsync(file, Modified, Cancel);

        Assert.Equal(first, second);
        Assert.Equal(1, _blobs.Opened);
        Assert.Equal(1_000_000, File.ReadAllBytes(first!).Count(one => one == 'x'));
        Assert.Equal("555", Modes.Get(first!));
        Assert.Equal(Modified, FileStatus.Of(first!)!.Value.ModifyNanoseconds);
    }

    [Fact]
    public async Task Fetch_ManyAtOnce_OpensTheBlobOnce()
    {
        var file = Blob("x", 100_000);
        var gate = new TaskCompletionSource();
        _blobs.Gate = gate.Task;
        var fetches = Enumerable.Range(0, 16).Select(_ => Task.Run(() => Open().FetchAsync(file, Modified, Cancel), Cancel)).ToArray();
        gate.SetResult();

        Assert.Single((await Task.WhenAll(fetches)).Distinct());
        Assert.Equal(1, _blobs.Opened);
        Assert.Single(Copies());
    }

    [Fact]
    public async Task Fetch_CancelledWhileAnotherDownloads_EndsAtOnce()
    {
        var file = Blob("x", 10);
        var gate = new TaskCompletionSource();
        _blobs.Gate = gate.Task;
        var first = Open().FetchAsync(file, Modified, Cancel);
        using var impatience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var second = Open().FetchAsync(file, Modified, impatience.Token);
        await impatience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        gate.SetResult();
        Assert.NotNull(await first);
    }

    [Fact]
    public async Task Fetch_WhileItsMakerIsKilled_MakesItAnew()
    {
        var file = Blob("x", 100_000);
        var path = (await Open().FetchAsync(file, Modified, Cancel))!;
        File.Delete(path);
        File.WriteAllText(path + ".part", "what the maker got so far");
        using var maker = Process.Start(new ProcessStartInfo("flock", ["--no-fork", path + ".lock", "sh", "-c", "echo; exec sleep 1000"]) { RedirectStandardOutput = true })!;
        await maker.StandardOutput.ReadLineAsync(Cancel);

        var fetch = Open().FetchAsync(file, Modified, Cancel);
        Assert.False(fetch.IsCompleted);
        maker.Kill();

        Assert.Equal(path, await fetch);
        Assert.Equal(100_000, File.ReadAllBytes(path).Count(one => one == 'x'));
        Assert.Single(Copies());
    }

    [Fact]
    public async Task Fetch_CopyThatSomebodyChanged_IsMadeAnew()
    {
        var file = Blob("x", 3);
        var path = (await Open().FetchAsync(file, Modified, Cancel))!;
        FileStoreWorld.ChangeInPlace(path, "bad");

        Assert.Equal("xxx", File.ReadAllText((await Open().FetchAsync(file, Modified, Cancel))!));
    }

    [Fact]
    public async Task Fetch_BlobOfAnotherLength_IsAnErrorAndLeavesNothing()
    {
        var file = Blob("x", 3) with { Size = 5 };

        var error = await Assert.ThrowsAsync<ToilException>(() => Open().FetchAsync(file, Modified, Cancel));
        Assert.Contains("'x'", error.Message, StringComparison.Ordinal);
        Assert.Empty(Copies());
    }

    [Fact]
    public async Task Fetch_AbsentBlob_IsAnErrorAndLeavesNothing()
    {
        await Assert.ThrowsAsync<NoSuchBlobException>(() => Open().FetchAsync(new FileId("files/9/1.1/1-y", "y", 5), Modified, Cancel));
        Assert.Empty(Copies());
    }

    [Fact]
    public async Task Fetch_BeyondTheLimit_EvictsWhatWasUsedLongestAgo()
    {
        var cache = Open(limit: 350);
        var files = new[] { "a", "b", "c" }.Select(name => Blob(name, 100)).ToList();
        foreach (var file in files)
        {
            await cache.FetchAsync(file, Modified, Cancel);
        }

        Assert.NotNull(cache.Find(files[0], Modified));
        await cache.FetchAsync(Blob("d", 100), Modified, Cancel);

        Assert.Null(cache.Find(files[1], Modified));
        Assert.NotNull(cache.Find(files[0], Modified));
        Assert.True(Copies().Count() <= 3);
    }

    [Fact]
    public async Task Fetch_BeyondTheLimit_KeepsWhatIsInUse()
    {
        var cache = Open(limit: 250);
        foreach (var name in new[] { "a", "b" })
        {
            Assert.Equal(0, NativeFiles.Link((await cache.FetchAsync(Blob(name, 100), Modified, Cancel))!, _place[name]));
        }

        Assert.Null(await cache.FetchAsync(Blob("c", 100), Modified, Cancel));
        Assert.Equal(2, Copies().Count());
    }

    [Fact]
    public async Task Fetch_LargerThanTheLimit_EvictsNothing()
    {
        var cache = Open(limit: 250);
        await cache.FetchAsync(Blob("a", 200), Modified, Cancel);

        Assert.Null(await cache.FetchAsync(Blob("b", 300), Modified, Cancel));
        Assert.Single(Copies());
    }

    [Fact]
    public async Task Fetch_BeyondTheLimit_RemovesWhatDeadProcessesAndEarlierBootsLeft()
    {
        var cache = Open(limit: 100);
        await cache.FetchAsync(Blob("a", 10), Modified, Cancel);
        var copy = Directory.EnumerateDirectories(Root).Single();
        File.WriteAllText(Path.Combine(copy, "dead.part"), "unfinished");
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(Root, $"{_workflow:N}-0b00700b")).FullName, "old"), "old");

        Assert.NotNull(await cache.FetchAsync(Blob("b", 91), Modified, Cancel));
        Assert.EndsWith("-b", Copies().Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_FilesOfTheSameNameInTwoWorkflows_AreTwo()
    {
        var file = Blob("x", 1);
        Assert.NotEqual(await Open().FetchAsync(file, Modified, Cancel), await Open(workflow: Guid.NewGuid()).FetchAsync(file, Modified, Cancel));
    }

    [Fact]
    public async Task Remove_LeavesNothingButOtherWorkflowsCopies()
    {
        var file = Blob("x", 1);
        var other = Open(workflow: Guid.NewGuid());
        await other.FetchAsync(file, Modified, Cancel);
        await Open().FetchAsync(file, Modified, Cancel);

        Open().Remove();
        Assert.NotNull(other.Find(file, Modified));
        other.Remove();
        Assert.False(Directory.Exists(Root));
    }

    [Fact]
    public async Task Clear_RemovesAllCopies_ButNotWhatAProcessIsMaking()
    {
        var file = Blob("x", 10);
        var copy = (await Open().FetchAsync(file, Modified, Cancel))!;
        NativeFiles.Link(copy, _place["in use"]);
        using var turn = LockedFile.TryOpen(copy + ".lock");
        File.WriteAllText(copy + ".part", "xxx");

        Assert.Equal((1, 10L), new CacheRoom(Root, null).Clear());
        Assert.Equal([".lock", ".part"], Copies().Select(Path.GetExtension).Order());
        Assert.Equal("xxxxxxxxxx", File.ReadAllText(_place["in use"]));
    }

    [Fact]
    public async Task Clear_RemovesWhatAKilledProcessWasMaking()
    {
        var copy = (await Open().FetchAsync(Blob("x", 10), Modified, Cancel))!;
        File.Move(copy, copy + ".part");
        File.WriteAllText(copy + ".lock", "");

        Assert.Equal((1, 10L), new CacheRoom(Root, null).Clear());
        Assert.False(Directory.Exists(Root));
    }

    [Fact]
    public async Task Fetch_CacheDirectoryOfSomebodyElse_IsRefused()
    {
        Directory.CreateSymbolicLink(Root, Directory.CreateDirectory(_place["theirs"]).FullName);
        await Assert.ThrowsAsync<ToilException>(() => Open().FetchAsync(Blob("x", 1), Modified, Cancel));
    }

    [Fact]
    public async Task Fetch_ByManyProcessesThatAreKilledAtRandom_GivesEachTheRightContent()
    {
        var store = Directory.CreateDirectory(_place["store"]).FullName;
        Directory.CreateDirectory(Path.Combine(store, "files"));
        for (var i = 0; i < 20; i++)
        {
            await File.WriteAllBytesAsync(Path.Combine(store, "files", $"{i}"), [.. Enumerable.Repeat((byte)i, 100_000)], Cancel);
        }

        var users = new List<Process>();
        for (var round = 0; round < 12; round++)
        {
            var user = Process.Start(new ProcessStartInfo(TestProgram.Path, ["cache", Root, store]) { RedirectStandardOutput = true })!;
            users.Add(user);
            Assert.Equal("ready", await user.StandardOutput.ReadLineAsync(Cancel));
            if (round >= 3)
            {
                users[round - 3].Kill();
            }
        }

        users.ForEach(user => user.Kill());
        foreach (var user in users)
        {
            Assert.Equal("", await user.StandardOutput.ReadToEndAsync(Cancel));
            user.Dispose();
        }

        // What the killed were just reading counts as in use until their directories are cleared.
        foreach (var link in Directory.EnumerateFiles(store, "link-*"))
        {
            File.Delete(link);
        }

        // Whoever comes next finds no more than the limit allows, and each copy whole.
        var cache = new NodeCache(Root, Guid.NewGuid(), _blobs, new ByteSize(600_000));
        Assert.NotNull(await cache.FetchAsync(Blob("x", 400_000), Modified, Cancel));
        foreach (var copy in Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).Where(path => !path.EndsWith("-x", StringComparison.Ordinal) && !path.EndsWith(".sum", StringComparison.Ordinal)))
        {
            Assert.Equal(100_000, File.ReadAllBytes(copy).Count(one => $"-{one}" == copy[copy.LastIndexOf('-')..]));
        }
    }
}
