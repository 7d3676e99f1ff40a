using System.Globalization;
using Toil.Journaling;
using Xunit;

namespace Toil.Tests.Journal;

/// <summary>Random work, random power cuts, several leaders in a row: what was acknowledged is there, in order, with nothing in between.</summary>
public sealed class JournalPowerCutTests
{
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Acknowledged_Records_SurviveInOrder(int seed)
    {
        var chance = new Random(seed);
        var files = new PowerCutFiles();
        var acknowledged = 0;
        var next = 0;
        for (var life = 0; life < 6; life++)
        {
            next = Survivors(files, acknowledged, next, seed);
            acknowledged = next;
            acknowledged = Math.Max(acknowledged, await LiveAsync(files, chance, next, count => next = count));
            files = files.Survivors(chance);
        }

        Survivors(files, acknowledged, next, seed);
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 300)];

    /// <returns>How many records have survived: all that were acknowledged, and perhaps some more that were written.</returns>
    private static int Survivors(PowerCutFiles files, int acknowledged, int written, int seed)
    {
        var records = files.Replay(fromStart: true).Records;
        var expected = Enumerable.Range(0, records.Count).Select(i => i.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(expected, records);
        Assert.True(records.Count >= acknowledged && records.Count <= written, $"seed {seed}: {acknowledged} <= {records.Count} <= {written}");
        AssertSnapshotAgrees(files, records.Count);
        return records.Count;
    }

    /// <summary>A snapshot here is one record: how many records came before it.</summary>
    private static void AssertSnapshotAgrees(PowerCutFiles files, int count)
    {
        var records = files.Replay().Records;
        if (records is ["<Begin>", var before, "<End>", .. var after])
        {
            Assert.Equal(count, int.Parse(before, CultureInfo.InvariantCulture) + after.Count);
        }
        else
        {
            Assert.Equal(count, records.Count);
        }
    }

    private static async Task<int> LiveAsync(PowerCutFiles files, Random chance, int first, Action<int> onWritten)
    {
        var acknowledged = first;
        var written = first;
        var steps = chance.Next(40);
        files.BeforeStep = _ => PowerCutException.ThrowIf(steps-- <= 0);
        try
        {
            await using var writer = files.TakeOver();
            while (true)
            {
                var group = chance.Next(1, 5);
                var records = Enumerable.Range(written, group).Select(i => i.ToString(CultureInfo.InvariantCulture)).ToArray();
                written += group;
                onWritten(written);
                await writer.FlushGroupAsync(records);
                acknowledged = written;
                if (chance.Next(5) == 0)
                {
                    await writer.SnapshotAsync(written.ToString(CultureInfo.InvariantCulture));
                }
            }
        }
        catch (Exception cut) when (cut is PowerCutException or JournalFailedException)
        {
            files.BeforeStep = null;
            return acknowledged;
        }
    }
}
