#pragma warning disable IDE0005 // It is compiled into other projects too, some of which import xunit everywhere.
using System.Text;
using Toil.JobStores;
using Toil.Tests.Fakes;
using Xunit;

namespace Toil.Tests.JobStores;

/// <summary>What every kind of storage must do. Each backend derives from this and runs it against the real thing.</summary>
public abstract class BlobStoreContract : IAsyncLifetime
{
    private readonly TemporaryDirectory _local = new();
    private IBlobStore? _store;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected IBlobStore Store => _store!;

    private protected TemporaryDirectory Local => _local;

    /// <summary>Opens an empty store.</summary>
    protected abstract ValueTask<IBlobStore> OpenEmptyAsync();

    public async ValueTask InitializeAsync() => _store = await OpenEmptyAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _local.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Put_Bytes_ComeBack()
    {
        Assert.True(await Store.PutAsync("a/b/c", Bytes("hello"), null, Cancel));

        Assert.Equal("hello", await TextAsync("a/b/c"));
        Assert.Equal(5, (await Store.HeadAsync("a/b/c", Cancel))!.Size);
    }

    [Fact]
    public async Task Put_Again_Replaces()
    {
        await Store.PutAsync("k", Bytes("a longer first version"), null, Cancel);
        await Store.PutAsync("k", Bytes("second"), null, Cancel);

        Assert.Equal("second", await TextAsync("k"));
    }

    [Fact]
    public async Task Put_Empty_IsABlob()
    {
        await Store.PutAsync("empty", ReadOnlyMemory<byte>.Empty, null, Cancel);

        Assert.Equal(0, (await Store.HeadAsync("empty", Cancel))!.Size);
        Assert.Equal("", await TextAsync("empty"));
    }

    [Fact]
    public async Task PutIfAbsent_OnATakenKey_LeavesItAlone()
    {
        Assert.True(await Store.PutAsync("k", Bytes("first"), BlobPutOptions.IfAbsent, Cancel));
        using var stream = new MemoryStream(Bytes("second"));
        var file = Local.Write("file", "third");

        Assert.False(await Store.PutAsync("k", Bytes("second"), BlobPutOptions.IfAbsent, Cancel));
        Assert.False(await Store.PutAsync("k", stream, BlobPutOptions.IfAbsent, Cancel));
        foreach (var ingest in Enum.GetValues<FileIngest>())
        {
            Assert.False(await Store.PutFileAsync("k", file, ingest, BlobPutOptions.IfAbsent, Cancel));
        }

        Assert.Equal("first", await TextAsync("k"));
        Assert.Equal("third", await File.ReadAllTextAsync(file, Cancel));
    }

    [Fact]
    public async Task PutIfAbsent_EightRacers_HaveExactlyOneWinner()
    {
        for (var round = 0; round < 20; round++)
        {
            var key = $"race/{round}";
            using var start = new Barrier(8);
            var racers = Enumerable.Range(0, 8).Select(racer => Task.Factory.StartNew(
                async () =>
                {
                    start.SignalAndWait(Cancel);
                    return await Store.PutAsync(key, Bytes($"racer {racer}"), BlobPutOptions.IfAbsent, Cancel);
                },
                Cancel,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).Unwrap());
            var won = await Task.WhenAll(racers);

            Assert.Single(won, true);
            Assert.Equal($"racer {Array.IndexOf(won, true)}", await TextAsync(key));
        }
    }

    [Fact]
    public async Task Put_WhileOthersRead_ShowsOneWholeVersion()
    {
        var versions = Enumerable.Range(0, 4).Select(i => Bytes(new string((char)('a' + i), 100_000))).ToArray();
        await Store.PutAsync("k", versions[0], null, Cancel);
        var writer = Task.Run(
            async () =>
            {
                for (var i = 0; i < 100; i++)
                {
                    await Store.PutAsync("k", versions[i % 4], null, Cancel);
                }
            },
            Cancel);
        while (!writer.IsCompleted)
        {
            var text = await TextAsync("k");
            Assert.Equal(100_000, text.Length);
            Assert.Single(text.Distinct());
        }

        await writer;
    }

    [Fact]
    public async Task Put_StreamThatFails_LeavesNothing()
    {
        await using var broken = new BrokenStream();

        await Assert.ThrowsAsync<InvalidDataException>(async () => await Store.PutAsync("k", broken, null, Cancel));

        Assert.Null(await Store.HeadAsync("k", Cancel));
        Assert.Empty(await KeysAsync(""));
    }

    [Fact]
    public async Task Put_BigStream_ComesBackWhole()
    {
        var bytes = new byte[(40 << 20) + 17];
        new Random(1).NextBytes(bytes);
        using var content = new MemoryStream(bytes);

        await Store.PutAsync("big", content, null, Cancel);

        await using var stream = await Store.OpenReadAsync("big", Cancel);
        using var read = new MemoryStream();
        await stream.CopyToAsync(read, Cancel);
        Assert.True(read.GetBuffer().AsSpan(0, (int)read.Length).SequenceEqual(bytes));
        var tail = new byte[32];
        Assert.Equal(17, await Store.ReadAsync("big", 40 << 20, tail, Cancel));
        Assert.True(tail.AsSpan(0, 17).SequenceEqual(bytes.AsSpan(40 << 20)));
    }

    [Theory]
    [InlineData(0, 4, "0123")]
    [InlineData(0, 10, "0123456789")]
    [InlineData(0, 100, "0123456789")]
    [InlineData(7, 100, "789")]
    [InlineData(9, 1, "9")]
    [InlineData(10, 5, "")]
    [InlineData(1_000_000, 5, "")]
    [InlineData(3, 0, "")]
    public async Task Read_Range_GivesWhatIsThere(long offset, int length, string expected)
    {
        await Store.PutAsync("k", Bytes("0123456789"), null, Cancel);
        var buffer = new byte[length];

        var read = await Store.ReadAsync("k", offset, buffer, Cancel);

        Assert.Equal(expected, Encoding.UTF8.GetString(buffer, 0, read));
    }

    [Fact]
    public async Task Absent_Blob_IsSaidToBe()
    {
        await Store.PutAsync("dir/other", Bytes("x"), null, Cancel);
        foreach (var key in new[] { "none", "dir", "dir/none", "none/none" })
        {
            Assert.Null(await Store.HeadAsync(key, Cancel));
            Assert.False(Store.TryGetLocalPath(key, out _));
            await Assert.ThrowsAsync<NoSuchBlobException>(async () => await Store.OpenReadAsync(key, Cancel));
            await Assert.ThrowsAsync<NoSuchBlobException>(async () => await Store.ReadAsync(key, 0, new byte[1], Cancel));
            await Assert.ThrowsAsync<NoSuchBlobException>(async () => await Store.GetFileAsync(key, Local["x"], true, Cancel));
            await Store.DeleteAsync(key, Cancel);
        }

        Assert.Equal("x", await TextAsync("dir/other"));
    }

    [Fact]
    public async Task Delete_Twice_IsNoError()
    {
        await Store.PutAsync("a/k", Bytes("x"), null, Cancel);
        await Store.DeleteAsync("a/k", Cancel);
        await Store.DeleteAsync("a/k", Cancel);

        Assert.Null(await Store.HeadAsync("a/k", Cancel));
        Assert.True(await Store.PutAsync("a/k", Bytes("y"), BlobPutOptions.IfAbsent, Cancel));
    }

    [Fact]
    public async Task Delete_WhileAReaderIsOpen_DoesntDisturbIt()
    {
        await Store.PutAsync("k", Bytes("still here"), null, Cancel);
        await using var stream = await Store.OpenReadAsync("k", Cancel);
        await Store.DeleteAsync("k", Cancel);

        using var reader = new StreamReader(stream);
        Assert.Equal("still here", await reader.ReadToEndAsync(Cancel));
    }

    [Fact]
    public async Task PutAndDelete_InTheSameDirectory_DontGetInEachOthersWay()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 4), Cancel, async (worker, cancel) =>
        {
            for (var i = 0; i < 300; i++)
            {
                Assert.True(await Store.PutAsync($"d/e/{worker}", Bytes("x"), BlobPutOptions.IfAbsent, cancel));
                await Store.DeleteAsync($"d/e/{worker}", cancel);
            }
        });

        Assert.Empty(await KeysAsync(""));
    }

    [Fact]
    public async Task List_Prefix_GivesThoseKeysOnly()
    {
        string[] keys = ["a", "ab", "b/a", "b/ab/c", "b/b", "bc/d", "ü/ö ä"];
        foreach (var key in keys)
        {
            await Store.PutAsync(key, Bytes(key), null, Cancel);
        }

        Assert.Equal(keys.Order(StringComparer.Ordinal), await KeysAsync(""));
        Assert.Equal(["a", "ab"], await KeysAsync("a"));
        Assert.Equal(["b/a", "b/ab/c", "b/b"], await KeysAsync("b/"));
        Assert.Equal(["b/a", "b/ab/c", "b/b", "bc/d"], await KeysAsync("b"));
        Assert.Equal(["b/a", "b/ab/c"], await KeysAsync("b/a"));
        Assert.Equal(["b/ab/c"], await KeysAsync("b/ab/"));
        Assert.Empty(await KeysAsync("nothing/"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("a/..")]
    [InlineData("./a")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("a\\b")]
    [InlineData("tmp/a")]
    [InlineData("tmp")]
    public async Task HostileKey_IsRefusedEverywhere(string key)
    {
        var file = Local.Write("file", "x");

        await Assert.ThrowsAsync<ToilException>(async () => await Store.PutAsync(key, Bytes("x"), null, Cancel));
        await Assert.ThrowsAsync<ToilException>(async () => await Store.PutAsync(key, Stream.Null, null, Cancel));
        await Assert.ThrowsAsync<ToilException>(async () => await Store.PutFileAsync(key, file, FileIngest.Move, null, Cancel));
        await Assert.ThrowsAsync<ToilException>(async () => await Store.ReadAsync(key, 0, new byte[1], Cancel));
        await Assert.ThrowsAsync<ToilException>(async () => await Store.OpenReadAsync(key, Cancel));
        await Assert.ThrowsAsync<ToilException>(async () => await Store.HeadAsync(key, Cancel));
        await Assert.ThrowsAsync<ToilException>(async () => await Store.DeleteAsync(key, Cancel));
        await Assert.ThrowsAsync<ToilException>(async () => await Store.GetPublicUrlAsync(key, TimeSpan.FromHours(1), Cancel));
        Assert.Throws<ToilException>(() => Store.TryGetLocalPath(key, out _));
        Assert.True(File.Exists(file));
    }

    [Fact]
    public async Task LongKeys_UpToTheLimit_Work()
    {
        var part = new string('k', BlobKey.MaximumPartBytes);
        await Store.PutAsync(part + "/" + part, Bytes("x"), null, Cancel);

        Assert.Equal("x", await TextAsync(part + "/" + part));
        await Assert.ThrowsAsync<ToilException>(async () => await Store.HeadAsync(part + "k", Cancel));
    }

    [Theory]
    [InlineData(FileIngest.Copy)]
    [InlineData(FileIngest.Link)]
    [InlineData(FileIngest.Move)]
    public async Task PutFile_KeepsContentAndExecutableBit(FileIngest ingest)
    {
        foreach (var isExecutable in new[] { false, true })
        {
            var file = Local.Write("tool", "#!/bin/sh");
            SetExecutable(file, isExecutable);
            Assert.True(await Store.PutFileAsync("tool", file, ingest, null, Cancel));

            Assert.Equal(ingest != FileIngest.Move, File.Exists(file));
            Assert.Equal("#!/bin/sh", await TextAsync("tool"));
            Assert.Equal(isExecutable, (await Store.HeadAsync("tool", Cancel))!.IsExecutable);
            foreach (var mayShare in new[] { false, true })
            {
                var copy = Local["copy"];
                await Store.GetFileAsync("tool", copy, mayShare, Cancel);
                Assert.Equal("#!/bin/sh", await File.ReadAllTextAsync(copy, Cancel));
                Assert.Equal(isExecutable, !OperatingSystem.IsWindows() && File.GetUnixFileMode(copy).HasFlag(UnixFileMode.UserExecute));
                File.Delete(copy);
            }

            File.Delete(file);
        }
    }

    [Fact]
    public async Task Put_ExecutableBytes_RememberIt()
    {
        await Store.PutAsync("tool", Bytes("x"), new BlobPutOptions { IsExecutable = true }, Cancel);

        Assert.True((await Store.HeadAsync("tool", Cancel))!.IsExecutable);
        Assert.True(Assert.Single(await ToListAsync("")).IsExecutable);
    }

    [Fact]
    public async Task GetFile_NotShared_MayBeChanged()
    {
        await Store.PutAsync("k", Bytes("mine"), null, Cancel);
        await Store.GetFileAsync("k", Local["copy"], mayShare: false, Cancel);
        await File.WriteAllTextAsync(Local["copy"], "yours", Cancel);

        Assert.Equal("mine", await TextAsync("k"));
    }

    [Fact]
    public async Task GetFile_OntoAFile_IsRefused()
    {
        await Store.PutAsync("k", Bytes("mine"), null, Cancel);
        var file = Local.Write("there", "precious");

        await Assert.ThrowsAnyAsync<ToilException>(async () => await Store.GetFileAsync("k", file, mayShare: false, Cancel));
        await Assert.ThrowsAnyAsync<ToilException>(async () => await Store.GetFileAsync("k", file, mayShare: true, Cancel));
        Assert.Equal("precious", await File.ReadAllTextAsync(file, Cancel));
    }

    [Fact]
    public async Task PutFile_SymbolicLink_PutsWhatItLeadsTo()
    {
        var file = Local.Write("real", "content");
        File.CreateSymbolicLink(Local["link"], file);

        await Store.PutFileAsync("k", Local["link"], FileIngest.Move, null, Cancel);

        Assert.Equal("content", await TextAsync("k"));
        Assert.True(File.Exists(file));
        Assert.False(Path.Exists(Local["link"]));
    }

    [Fact]
    public async Task PutFile_NoRegularFile_IsRefused()
    {
        await Assert.ThrowsAsync<ToilException>(async () => await Store.PutFileAsync("k", Local["none"], cancellationToken: Cancel));
        await Assert.ThrowsAsync<ToilException>(async () => await Store.PutFileAsync("k", Local.Path, cancellationToken: Cancel));
        await Assert.ThrowsAsync<ToilException>(async () => await Store.PutFileAsync("k", "/dev/null", cancellationToken: Cancel));
    }

    private protected static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private protected async Task<string> TextAsync(string key)
    {
        await using var stream = await Store.OpenReadAsync(key, Cancel);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Cancel);
    }

    private protected async Task<List<BlobInfo>> ToListAsync(string prefix) => await Store.ListAsync(prefix, Cancel).ToListAsync(Cancel);

    private protected async Task<IEnumerable<string>> KeysAsync(string prefix) =>
        (await ToListAsync(prefix)).Select(blob => blob.Key).Order(StringComparer.Ordinal);

    private static void SetExecutable(string path, bool isExecutable)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, isExecutable ? (UnixFileMode)0b111_101_101 : (UnixFileMode)0b110_100_100);
        }
    }

    /// <summary>Gives some bytes and then fails.</summary>
    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position > 0)
            {
                throw new InvalidDataException();
            }

            Position = 10;
            SetLength(10);
            return ValueTask.FromResult(10);
        }
    }
}
