using Toil.Journaling;
using Xunit;

namespace Toil.Tests.Journal;

public sealed class JournalFencingTests
{
    private readonly PowerCutFiles _files = new();

    [Fact]
    public async Task TakeOver_VoidsWhatTheOldLeaderWritesLater()
    {
        await using var old = _files.TakeOver();
        await old.FlushGroupAsync("old");
        Assert.False(old.IsFenced());

        await using var taker = _files.TakeOver();
        await old.FlushGroupAsync("late");

        Assert.True(old.IsFenced());
        Assert.False(taker.IsFenced());
        await taker.FlushGroupAsync("new");
        Assert.Equal(["old", "new"], _files.Replay().Records);
        Assert.Equal(["old", "new"], _files.Replay(fromStart: true).Records);
    }

    [Fact]
    public async Task TakeOver_VoidsSegmentsThatTheOldLeaderBeginsLater()
    {
        await using var old = _files.TakeOver();
        await old.FlushGroupAsync("old");
        await using var taker = _files.TakeOver();
        await old.SnapshotAsync("void snapshot");
        await old.FlushGroupAsync("void");

        Assert.Equal(["old"], _files.Replay().Records);
        Assert.Equal(["old"], _files.Replay(fromStart: true).Records);
    }

    [Fact]
    public async Task TakeOver_TwoAtOnce_OneWinsAndTheOtherIsFenced()
    {
        await using (var old = _files.TakeOver())
        {
            await old.FlushGroupAsync("old");
        }

        var seenByBoth = _files.Replay().Result.End;
        await using var winner = JournalWriter.TakeOver(_files, seenByBoth);
        Assert.Throws<JournalFencedException>(() => JournalWriter.TakeOver(_files, seenByBoth));

        await winner.FlushGroupAsync("new");
        Assert.Equal(["old", "new"], _files.Replay().Records);
    }

    [Fact]
    public async Task TakeOver_ManyRacingThreads_EachEpochHasOneOwner()
    {
        for (var round = 0; round < 50; round++)
        {
            var end = _files.Replay().Result.End;
            var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => TryTakeOver(end))));
            Assert.Single(taken, true);
        }
    }

    [Fact]
    public async Task TakeOver_OfAnUnsyncedTail_SyncsItBeforeSealing()
    {
        var observed = new ObservedFiles(_files);
        var old = observed.TakeOver();
        observed.OnSync = () => throw new IOException("killed before the sync");
        await Assert.ThrowsAsync<JournalFailedException>(async () => await old.FlushGroupAsync("written, not synced"));
        observed.OnSync = null;
        await using var taker = observed.TakeOver();

        var after = _files.Survivors(new Random(1));

        Assert.Equal(["written, not synced"], after.Replay().Records);
    }

    [Fact]
    public async Task Epochs_FollowEachOther_AndCountsGoOn()
    {
        for (var epoch = 1; epoch <= 5; epoch++)
        {
            await using var writer = _files.TakeOver();
            Assert.Equal(epoch, writer.Epoch);
            await writer.FlushGroupAsync($"a{epoch}", $"b{epoch}");
            Assert.Equal(2 * epoch, writer.DurableRecords);
            await writer.CloseAsync();
        }

        Assert.Equal(10, _files.Replay().Result.Records);
    }

    private bool TryTakeOver(JournalEnd end)
    {
        try
        {
            JournalWriter.TakeOver(_files, end);
            return true;
        }
        catch (JournalFencedException)
        {
            return false;
        }
    }
}
