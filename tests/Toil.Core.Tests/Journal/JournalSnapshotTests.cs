using Toil.Journaling;
using Xunit;

namespace Toil.Tests.Journal;

public sealed class JournalSnapshotTests
{
    private const string First = "00000001-0000.log";
    private const string Second = "00000001-0001.log";
    private readonly PowerCutFiles _files = new();

    [Fact]
    public async Task Replay_BeginsAtTheNewestSnapshot()
    {
        await using var writer = _files.TakeOver();
        await writer.FlushGroupAsync("a", "b");
        await writer.SnapshotAsync("ab");
        await writer.FlushGroupAsync("c");
        await writer.SnapshotAsync("abc", "more");
        await writer.FlushGroupAsync("d");

        Assert.Equal(["<Begin>", "abc", "more", "<End>", "d"], _files.Replay().Records);
        Assert.Equal(4, _files.Replay().Result.Records);
        Assert.Equal(3, _files.Replay().Result.Visited);
    }

    [Fact]
    public async Task Replay_FromStart_GivesTheHistoryWithoutSnapshots()
    {
        await using var writer = _files.TakeOver();
        await writer.FlushGroupAsync("a");
        await writer.SnapshotAsync("s");
        await writer.FlushGroupAsync("b");
        await using var next = _files.TakeOver();
        await next.FlushGroupAsync("c");

        Assert.Equal(["a", "b", "c"], _files.Replay(fromStart: true).Records);
        Assert.Equal(["<Begin>", "s", "<End>", "b", "c"], _files.Replay().Records);
    }

    [Fact]
    public async Task Snapshot_Empty_StandsForNothing()
    {
        await using var writer = _files.TakeOver();
        await writer.FlushGroupAsync("a");
        await writer.SnapshotAsync();
        await writer.FlushGroupAsync("b");

        Assert.Equal(["<Begin>", "<End>", "b"], _files.Replay().Records);
    }

    [Fact]
    public async Task Read_LocationsBeforeAndInASnapshot_StayReadable()
    {
        await using var writer = _files.TakeOver();
        var before = (await writer.FlushGroupAsync("before"))[0];
        RecordLocation inside;
        using (var snapshot = writer.BeginSnapshot())
        {
            inside = snapshot.Append("inside"u8);
            await snapshot.CompleteAsync(TestContext.Current.CancellationToken);
        }

        var after = writer.Append("after"u8);

        Assert.Equal(["before", "inside", "after"], new[] { before, inside, after }.Select(writer.Text));
    }

    [Fact]
    public async Task Snapshot_Abandoned_LeavesTheJournalAsItWas()
    {
        await using var writer = _files.TakeOver();
        await writer.FlushGroupAsync("a");
        using (var snapshot = writer.BeginSnapshot())
        {
            snapshot.Append("half"u8);
            Assert.Throws<InvalidOperationException>(() => writer.Append("x"u8));
        }

        await writer.FlushGroupAsync("b");

        Assert.Equal(["a", "b"], _files.Replay().Records);
    }

    [Fact]
    public async Task BeginSnapshot_WithPendingRecords_IsRefused()
    {
        await using var writer = _files.TakeOver();
        writer.Append("a"u8);

        Assert.Throws<InvalidOperationException>(writer.BeginSnapshot);
    }

    [Fact]
    public async Task Snapshot_OfManyGroups_ComesBackInOrder()
    {
        await using var writer = _files.TakeOver();
        var records = Enumerable.Range(0, 3000).Select(i => $"{i}:{new string('x', 1000)}").ToArray();
        await writer.SnapshotAsync(records);

        Assert.Equal(["<Begin>", .. records, "<End>"], _files.Replay().Records);
    }

    [Fact]
    public async Task Replay_SnapshotWithAnyBitFlipped_FallsBackToTheRecordsBeforeIt()
    {
        var snapshotEnd = await WriteSnapshotAsync();
        var whole = _files[Second];
        for (var at = SegmentHeader.Size; at < snapshotEnd; at++)
        {
            var bytes = (byte[])whole.Clone();
            bytes[at] ^= (byte)(1 << (at % 8));
            _files[Second] = bytes;
            Assert.Equal(["a", "b", "c"], _files.Replay().Records);
            Assert.Equal(["a", "b", "c"], _files.Replay(fromStart: true).Records);
        }
    }

    [Fact]
    public async Task Replay_SnapshotCutAtAnyByte_IsDamage_AndTheRecordsBeforeItSurvive()
    {
        var snapshotEnd = await WriteSnapshotAsync();
        var whole = _files[Second];
        for (var length = 0; length < snapshotEnd; length++)
        {
            _files[Second] = whole[..length];
            Assert.Throws<JournalDamagedException>(() => _files.Replay());
            Assert.Equal(["a", "b"], _files.Replay(acceptLoss: true).Records);
        }
    }

    [Fact]
    public async Task Snapshot_PowerCutAtAnyStep_GivesTheOldStateOrTheNew()
    {
        for (var step = 0; step < 6; step++)
        {
            var files = new PowerCutFiles();
            await using var writer = files.TakeOver();
            await writer.FlushGroupAsync("a", "b");
            var left = step;
            files.BeforeStep = _ => PowerCutException.ThrowIf(left-- <= 0);
            try
            {
                await writer.SnapshotAsync("ab");
            }
            catch (JournalFailedException)
            {
                // The power was cut.
            }

            var records = files.Survivors(new Random(step)).Replay().Records;
            Assert.True(records is ["a", "b"] or ["<Begin>", "ab", "<End>"], string.Join(' ', records));
        }
    }

    [Fact]
    public async Task Replay_MissingHistoryBeforeASnapshot_IsDamage_AndStateSurvives()
    {
        await WriteSnapshotAsync();
        _files.Remove("00000001-0000.log");

        Assert.Throws<JournalDamagedException>(() => _files.Replay());
        Assert.Equal(["<Begin>", "ab", "and more", "<End>", "c"], _files.Replay(acceptLoss: true).Records);
    }

    [Fact]
    public async Task Read_AnyBitFlippedBeforeTheSnapshot_IsDamageAtThatGroup()
    {
        RecordLocation[] locations;
        await using (var writer = _files.TakeOver())
        {
            locations = [.. await writer.FlushGroupAsync("a", "b"), .. await writer.FlushGroupAsync("c")];
            await writer.SnapshotAsync("abc");
        }

        var whole = _files[First];
        var second = (int)locations[2].Offset - sizeof(int) - GroupHeader.Size;
        for (var at = SegmentHeader.Size; at < whole.Length; at++)
        {
            var bytes = (byte[])whole.Clone();
            bytes[at] ^= (byte)(1 << (at % 8));
            _files[First] = bytes;
            await using var next = _files.TakeOver();
            var isFirst = at < second;
            var failure = Assert.Throws<JournalDamagedException>(() => next.Read(locations[isFirst ? 0 : 2]));
            Assert.Equal(isFirst ? SegmentHeader.Size : second, failure.Offset);
            Assert.Contains(First, failure.Message, StringComparison.Ordinal);
            if (!isFirst)
            {
                Assert.Equal(["a", "b"], locations[..2].Select(next.Text));
            }
        }
    }

    [Fact]
    public async Task Replay_AcceptingLossBeforeTheSnapshot_GoesOnWithWhatIsBeforeIt()
    {
        await using (var writer = _files.TakeOver())
        {
            await writer.FlushGroupAsync("a", "b");
            await writer.FlushGroupAsync("c");
            await writer.SnapshotAsync("abc");
        }

        var bytes = _files[First];
        bytes[^1] ^= 1;
        _files[First] = bytes;

        var (records, result) = _files.Replay(acceptLoss: true);
        Assert.Equal(["a", "b"], records);
        Assert.NotNull(result.Loss);
        Assert.Equal(["<Begin>", "abc", "<End>"], _files.Replay().Records);
    }

    private async Task<int> WriteSnapshotAsync()
    {
        await using var writer = _files.TakeOver();
        await writer.FlushGroupAsync("a", "b");
        await writer.SnapshotAsync("ab", "and more");
        var end = _files[Second].Length;
        await writer.FlushGroupAsync("c");
        return end;
    }
}
