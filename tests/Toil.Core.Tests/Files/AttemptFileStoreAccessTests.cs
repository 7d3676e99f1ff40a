using Xunit;
using static Toil.Tests.Files.FileStoreWorld;

namespace Toil.Tests.Files;

/// <summary>What an attempt did with files, local copies that it gives up, and shared files.</summary>
public sealed class AttemptFileStoreAccessTests : IDisposable
{
    private readonly FileStoreWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task AccessLog_NamesEachFileAndWhatWasDone()
    {
        var input = await _world.GlobalAsync("in.bam", "data");
        await using var store = _world.Open();
        var read = await store.ReadAsync(input, null, false, false, Cancel);
        var copy = await store.ReadAsync(input, null, true, false, Cancel);
        await (await store.OpenReadAsync(input, Cancel)).DisposeAsync();
        var output = await store.WriteAsync(MakeFile(store, "out.bam", "more data"), null, false, Cancel);
        store.Delete(input);

        Assert.Equal(
            $"""

            Global files that the job used:
              read 'in.bam' ({input.Key}, 4 bytes): {read}
              read a private copy of 'in.bam' ({input.Key}, 4 bytes): {copy}
              read by stream 'in.bam' ({input.Key}, 4 bytes)
              wrote 'out.bam' ({output.Key}, 9 bytes): {store.TempDirectory}/out.bam
              deleted 'in.bam' ({input.Key}, 4 bytes)

            """,
            store.AccessLog);
    }

    [Fact]
    public async Task AccessLog_NoFiles_IsEmpty()
    {
        await using var store = _world.Open();
        Assert.Equal("", store.AccessLog);
    }

    [Fact]
    public async Task AccessLog_OfVeryManyFiles_ShowsBothEnds()
    {
        var input = await _world.GlobalAsync("in", "data");
        await using var store = _world.Open();
        for (var i = 0; i < 1000; i++)
        {
            await (await store.OpenReadAsync(input, Cancel)).DisposeAsync();
        }

        store.Delete(input);
        Assert.Contains("… 801 more …", store.AccessLog, StringComparison.Ordinal);
        Assert.EndsWith($"deleted 'in' ({input.Key}, 4 bytes)\n", store.AccessLog, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CleanupFiles_AreThoseWrittenForCleanup()
    {
        await using var store = _world.Open();
        await store.WriteAsync(MakeFile(store, "kept", "1"), null, cleanup: false, Cancel);
        var written = await store.WriteAsync(MakeFile(store, "gone", "1"), null, cleanup: true, Cancel);
        var stream = await store.OpenWriteAsync("streamed", cleanup: true, Cancel);
        await stream.DisposeAsync();

        Assert.Equal([written.Key, stream.FileId.Key], store.CleanupFiles.Order());
        Assert.Empty(store.DeletedFiles);
    }

    [Fact]
    public async Task DeleteLocal_RemovesAllLocalFilesOfIt_AndTheGlobalOneStays()
    {
        await using var store = _world.Open();
        var path = MakeFile(store, "x", "data");
        var file = await store.WriteAsync(path, null, false, Cancel);
        var read = await store.ReadAsync(file, null, false, false, Cancel);
        var link = await store.ReadAsync(file, "link", false, true, Cancel);

        store.DeleteLocal(file);

        Assert.All([path, read, link], gone => Assert.False(Path.Exists(gone)));
        Assert.Throws<ToilException>(() => store.DeleteLocal(file));
        Assert.Equal("data", File.ReadAllText(await store.ReadAsync(file, null, false, false, Cancel)));
        await store.SyncAsync(Cancel);
        Assert.Equal("data", _world.TextOf(file));
    }

    [Fact]
    public async Task DeleteLocal_LeavesWhatIsOutsideOfTheJobsDirectory()
    {
        await using var store = _world.Open();
        var outside = _world.Outside("x", "data");
        var file = await store.WriteAsync(outside, null, false, Cancel);

        Assert.Throws<ToilException>(() => store.DeleteLocal(file));
        Assert.True(File.Exists(outside));
    }

    [Fact]
    public async Task DeleteLocal_OfWhatWasChanged_DoesNotHideTheChange()
    {
        _world.SkipWhereFilesAreCloned();
        var file = await _world.GlobalAsync("x", "data");
        await using var store = _world.Open();
        ChangeInPlace(await store.ReadAsync(file, null, false, false, Cancel), "DATA");
        store.DeleteLocal(file);

        await Assert.ThrowsAsync<ToilException>(() => store.SyncAsync(Cancel));
    }

    [Fact]
    public async Task Shared_IsKnownByItsNameToAll_AndCanBeReplaced()
    {
        await using var writer = _world.Open();
        await using var reader = _world.Open();
        await writer.WriteSharedAsync("reference/genome.fa", MakeFile(writer, "one", "ACGT"), Cancel);
        var first = await reader.ReadSharedAsync("reference/genome.fa", null, Cancel);
        await writer.WriteSharedAsync("reference/genome.fa", MakeFile(writer, "two", "TTTT"), Cancel);

        await File.AppendAllTextAsync(first, "N", Cancel);
        Assert.Equal("ACGTN", File.ReadAllText(first));
        using var stream = new StreamReader(await reader.OpenReadSharedAsync("reference/genome.fa", Cancel));
        Assert.Equal("TTTT", await stream.ReadToEndAsync(Cancel));
        await reader.SyncAsync(Cancel);
    }

    [Theory]
    [InlineData("absent", "no shared file 'absent'")]
    [InlineData("../journal/x", "can't be a key")]
    public async Task Shared_WhatIsNotThere_SaysSo(string name, string reason)
    {
        await using var store = _world.Open();
        var errors = new[]
        {
            await Assert.ThrowsAsync<ToilException>(() => store.ReadSharedAsync(name, null, Cancel)),
            await Assert.ThrowsAsync<ToilException>(() => store.OpenReadSharedAsync(name, Cancel)),
        };
        Assert.All(errors, error => Assert.Contains(reason, error.Message, StringComparison.Ordinal));
    }
}
