using Toil.Journaling;
using Xunit;

namespace Toil.Tests.Journal;

public sealed class JournalWriterTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Flush_SeveralRecords_CostsOneWriteAndOneSync()
    {
        var files = new ObservedFiles(new PowerCutFiles());
        await using var writer = files.TakeOver();
        var (writes, syncs) = (files.Writes, files.Syncs);

        await writer.FlushGroupAsync("a", "b", "c");

        Assert.Equal((writes + 1, syncs + 1), (files.Writes, files.Syncs));
    }

    [Fact]
    public async Task Flush_NothingPending_SyncsNothing()
    {
        var files = new ObservedFiles(new PowerCutFiles());
        await using var writer = files.TakeOver();
        await writer.FlushGroupAsync("a");
        var syncs = files.Syncs;

        Assert.Equal(1, await writer.FlushAsync(Cancel));
        Assert.Equal(syncs, files.Syncs);
    }

    [Fact]
    public async Task Append_WhileFlushIsInFlight_BelongsToTheNextGroup()
    {
        using var release = new ManualResetEventSlim();
        var files = new ObservedFiles(new PowerCutFiles());
        await using var writer = files.TakeOver();
        files.OnSync = () => release.Wait(Cancel);
        var first = writer.Append("first"u8);
        var flush = writer.FlushAsync(Cancel);

        var second = writer.Append("second"u8);

        Assert.False(flush.IsCompleted);
        Assert.Equal(1, writer.PendingRecords);
        Assert.Equal("first", writer.Text(first));
        Assert.Equal("second", writer.Text(second));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await writer.FlushAsync(Cancel));
        release.Set();
        Assert.Equal(1, await flush);
        Assert.Equal(2, await writer.FlushAsync(Cancel));
        Assert.Equal("first", writer.Text(first));
        Assert.Equal("second", writer.Text(second));
        Assert.Equal(["first", "second"], files.Replay().Records);
    }

    [Fact]
    public async Task Read_PartOfARecord_GivesThatPart()
    {
        var files = new PowerCutFiles();
        await using var writer = files.TakeOver();
        var pending = writer.Append("abcdef"u8);

        Assert.Equal("cd", writer.Text(pending.Slice(2, 2)));
        await writer.FlushAsync(Cancel);
        Assert.Equal("cd", writer.Text(pending.Slice(2, 2)));
        Assert.Equal("", writer.Text(pending.Slice(6, 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => pending.Slice(6, 1));
    }

    [Fact]
    public async Task Read_WhereNothingWasAppended_IsRefused()
    {
        await using var writer = new PowerCutFiles().TakeOver();
        var location = writer.Append("abc"u8);

        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Read(location with { Length = 4 }));
    }

    [Fact]
    public async Task Append_EmptyAndLargeRecords_ComeBack()
    {
        var large = new string('x', 3 << 20);
        var files = new PowerCutFiles();
        await using var writer = files.TakeOver();

        await writer.FlushGroupAsync("", large, "");

        Assert.Equal(["", large, ""], files.Replay().Records);
    }

    [Fact]
    public async Task AnyCall_AfterAFailedSync_FailsAndNamesTheCause()
    {
        var files = new ObservedFiles(new PowerCutFiles());
        await using var writer = files.TakeOver();
        files.OnSync = () => throw new IOException("the disk is gone");
        var location = writer.Append("a"u8);
        var failure = await Assert.ThrowsAsync<JournalFailedException>(async () => await writer.FlushAsync(Cancel));
        files.OnSync = null;

        Assert.Contains("the disk is gone", failure.Message, StringComparison.Ordinal);
        Assert.Throws<JournalFailedException>(() => writer.Append("b"u8));
        await Assert.ThrowsAsync<JournalFailedException>(async () => await writer.FlushAsync(Cancel));
        Assert.Throws<JournalFailedException>(() => writer.Read(location));
        Assert.Throws<JournalFailedException>(writer.BeginSnapshot);
    }

    [Fact]
    public async Task Flush_Cancelled_WritesNothing()
    {
        var files = new PowerCutFiles();
        await using var writer = files.TakeOver();
        writer.Append("a"u8);

        await Assert.ThrowsAsync<OperationCanceledException>(async () => await writer.FlushAsync(new CancellationToken(canceled: true)));

        Assert.Empty(files.Replay().Records);
        Assert.Equal(1, writer.PendingRecords);
    }

    [Fact]
    public async Task Append_AfterClose_IsRefused()
    {
        await using var writer = new PowerCutFiles().TakeOver();
        await writer.CloseAsync();

        Assert.Throws<ObjectDisposedException>(() => writer.Append("a"u8));
    }
}
