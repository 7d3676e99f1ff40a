using Xunit;
using static Toil.Tests.Files.FileStoreWorld;

namespace Toil.Tests.Files;

public sealed class AttemptFileStoreStreamTests : IDisposable
{
    private readonly FileStoreWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task OpenWrite_IdIsKnownOnceDisposed()
    {
        await using var store = _world.Open();
        var stream = await store.OpenWriteAsync("big.txt", cleanup: true, Cancel);
        await using (stream)
        {
            await stream.WriteAsync("Out brief "u8.ToArray(), Cancel);
            stream.Write("candle"u8);
            stream.WriteByte((byte)'.');
            Assert.Throws<InvalidOperationException>(() => stream.FileId);
            Assert.Empty(store.CleanupFiles);
        }

        Assert.Equal(("big.txt", 17, false), (stream.FileId.Name, stream.FileId.Size, stream.FileId.Executable));
        Assert.Equal("Out brief candle.", _world.TextOf(stream.FileId));
        Assert.Equal("444", Modes.Get(_world.PathOf(stream.FileId)));
        Assert.Equal([stream.FileId.Key], store.CleanupFiles);
    }

    [Fact]
    public async Task OpenWrite_DisposedTwice_KeepsTheFile()
    {
        await using var store = _world.Open();
        var stream = await store.OpenWriteAsync("x", false, Cancel);
        await stream.DisposeAsync();
        await stream.DisposeAsync();
        await store.SyncAsync(Cancel);

        Assert.Equal(0, stream.FileId.Size);
        Assert.Single(_world.Stored());
    }

    [Fact]
    public async Task OpenWrite_NeverDisposed_LeavesNothingAfterTheSync()
    {
        await using var store = _world.Open();
        var stream = await store.OpenWriteAsync("x", true, Cancel);
        await stream.WriteAsync(new byte[200_000], Cancel);
        await store.SyncAsync(Cancel);

        Assert.Empty(_world.Stored());
        Assert.Empty(store.CleanupFiles);
        Assert.Throws<InvalidOperationException>(() => stream.FileId);
        await stream.DisposeAsync();
        Assert.Empty(_world.Stored());
    }

    [Fact]
    public async Task OpenWrite_NeverDisposedInAFailedAttempt_LeavesNothing()
    {
        await using (var store = _world.Open())
        {
            var stream = await store.OpenWriteAsync("x", false, Cancel);
            await stream.WriteAsync(new byte[10], Cancel);
        }

        Assert.Empty(_world.Stored());
    }

    [Fact]
    public async Task OpenWrite_CancelledWrite_LeavesNothing()
    {
        await using var store = _world.Open();
        var stream = await store.OpenWriteAsync("x", false, Cancel);
        await using (stream)
        {
            await stream.WriteAsync(new byte[10], Cancel);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await stream.WriteAsync(new byte[10], new CancellationToken(canceled: true)));
        }

        Assert.Empty(_world.Stored());
        Assert.Throws<InvalidOperationException>(() => stream.FileId);
    }

    [Fact]
    public async Task OpenRead_GivesContentThatCanBeSought()
    {
        var file = await _world.GlobalAsync("x", "0123456789");
        await using var store = _world.Open();
        await using var stream = await store.OpenReadAsync(file, Cancel);
        stream.Seek(5, SeekOrigin.Begin);

        Assert.Equal("56789", await new StreamReader(stream).ReadToEndAsync(Cancel));
        Assert.False(stream.CanWrite);
    }
}
