using Toil.Journaling;
using Xunit;

namespace Toil.Tests.Journal;

public sealed class JournalDamageTests
{
    private const string First = "00000001-0000.log";

    [Fact]
    public async Task Replay_LastGroupTornAtAnyByte_CutsExactlyThatGroup()
    {
        var (files, starts) = await ThreeGroupsAsync();
        var whole = files[First];
        for (var length = starts[2]; length < whole.Length; length++)
        {
            var torn = files.Copy();
            torn[First] = whole[..length];
            var (records, result) = torn.Replay();
            Assert.Equal(["a", "b", "c"], records);
            Assert.Equal(length - starts[2], result.TornBytes);
        }
    }

    [Fact]
    public async Task TakeOver_AfterATornTail_GoesOnBehindTheLastWholeGroup()
    {
        var (files, starts) = await ThreeGroupsAsync();
        files[First] = files[First][..(starts[2] + 66)];

        await using var writer = files.TakeOver();
        await writer.FlushGroupAsync("e");

        Assert.Equal(["a", "b", "c", "e"], files.Replay().Records);
    }

    [Fact]
    public async Task Replay_AnyBitFlippedBeforeTheLastGroup_IsDamageAtThatGroup()
    {
        var (files, starts) = await ThreeGroupsAsync();
        for (var at = SegmentHeader.Size; at < starts[2]; at++)
        {
            var damaged = Flip(files, at);
            var expected = at < starts[1] ? SegmentHeader.Size : starts[1];
            var failure = Assert.Throws<JournalDamagedException>(() => damaged.Replay());
            Assert.Equal(expected, failure.Offset);
            Assert.Contains(First, failure.Message, StringComparison.Ordinal);
            var (records, result) = damaged.Replay(acceptLoss: true);
            Assert.Equal(at < starts[1] ? [] : ["a", "b"], records);
            Assert.NotNull(result.Loss);
        }
    }

    [Fact]
    public async Task Replay_AnyBitFlippedInTheSegmentHeader_IsDamageAtByte0()
    {
        var (files, _) = await ThreeGroupsAsync();
        for (var at = 0; at < SegmentHeader.Size; at++)
        {
            var damaged = Flip(files, at);
            Assert.Equal(0, Assert.Throws<JournalDamagedException>(() => damaged.Replay()).Offset);
        }
    }

    [Fact]
    public async Task Replay_AnyBitFlippedInTheLastGroup_CutsIt()
    {
        var (files, starts) = await ThreeGroupsAsync();
        for (var at = starts[2]; at < files[First].Length; at++)
        {
            Assert.Equal(["a", "b", "c"], Flip(files, at).Replay().Records);
        }
    }

    [Fact]
    public async Task Replay_ShorterThanWhenClosed_IsDamageAtAnyLength()
    {
        var (files, _) = await ThreeGroupsAsync(close: true);
        var whole = files[First];
        Assert.Equal(["a", "b", "c", "d"], files.Replay().Records);
        for (var length = 0; length < whole.Length; length++)
        {
            var cut = files.Copy();
            cut[First] = whole[..length];
            Assert.Throws<JournalDamagedException>(() => cut.Replay());
        }
    }

    [Fact]
    public async Task Replay_SealedSegmentShorterThanItsSeal_IsDamage()
    {
        var (files, starts) = await ThreeGroupsAsync();
        await using (var next = files.TakeOver())
        {
            await next.FlushGroupAsync("e");
        }

        files[First] = files[First][..starts[2]];

        Assert.Equal(starts[2], Assert.Throws<JournalDamagedException>(() => files.Replay()).Offset);
        Assert.Equal(["a", "b", "c"], files.Replay(acceptLoss: true).Records);
    }

    [Fact]
    public async Task Replay_MissingSegment_IsDamageNamingIt()
    {
        var (files, _) = await ThreeGroupsAsync();
        await using (var next = files.TakeOver())
        {
            await next.FlushGroupAsync("e");
        }

        files.Remove(First);

        Assert.Contains(First, Assert.Throws<JournalDamagedException>(() => files.Replay()).File, StringComparison.Ordinal);
        Assert.Empty(files.Replay(acceptLoss: true).Records);
    }

    [Fact]
    public async Task TakeOver_AcceptingLoss_SealsTheJournalAtTheDamage()
    {
        var (files, starts) = await ThreeGroupsAsync();
        var damaged = Flip(files, starts[1] + 66);

        await using (var writer = damaged.TakeOver(acceptLoss: true))
        {
            await writer.FlushGroupAsync("e");
        }

        Assert.Equal(["a", "b", "e"], damaged.Replay().Records);
    }

    [Fact]
    public async Task Replay_TailOfZeros_IsCut()
    {
        var (files, _) = await ThreeGroupsAsync();
        files[First] = [.. files[First], .. new byte[5000]];

        var (records, result) = files.Replay();

        Assert.Equal(["a", "b", "c", "d"], records);
        Assert.Equal(5000, result.TornBytes);
    }

    [Fact]
    public async Task Replay_TornRecordThatHoldsJournalBytes_IsStillATornTail()
    {
        var (files, starts) = await ThreeGroupsAsync();
        var groups = files[First][SegmentHeader.Size..];
        var torn = files[First][..starts[2]];

        files[First] = [.. torn, .. new byte[100], .. groups];

        Assert.Equal(["a", "b", "c"], files.Replay().Records);
    }

    private static async Task<(PowerCutFiles Files, int[] Starts)> ThreeGroupsAsync(bool close = false)
    {
        var files = new PowerCutFiles();
        await using var writer = files.TakeOver();
        var starts = new List<int>();
        foreach (var group in new string[][] { ["a", "b"], ["c"], ["d"] })
        {
            starts.Add(files[First].Length);
            await writer.FlushGroupAsync(group);
        }

        if (close)
        {
            await writer.CloseAsync();
        }

        return (files, [.. starts]);
    }

    private static PowerCutFiles Flip(PowerCutFiles files, int at)
    {
        var flipped = files.Copy();
        var bytes = flipped[First];
        bytes[at] ^= (byte)(1 << (at % 8));
        flipped[First] = bytes;
        return flipped;
    }
}
