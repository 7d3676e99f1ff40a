using System.Text;
using Toil.Journaling;
using Xunit;

namespace Toil.Tests.Journal;

public sealed class JournalTailTests
{
    private readonly PowerCutFiles _files = new();
    private readonly List<string> _seen = [];

    [Fact]
    public async Task Poll_VisitsWhatIsNew_AcrossSegmentsAndLeaders()
    {
        var tail = new JournalTail(_files);
        Assert.Empty(Poll(tail));
        await using var writer = _files.TakeOver();
        Assert.Empty(Poll(tail));
        await writer.FlushGroupAsync("a", "b");
        Assert.Equal(["a", "b"], Poll(tail));
        Assert.Empty(Poll(tail));
        await writer.FlushGroupAsync("c");
        await writer.SnapshotAsync("abc");
        await writer.FlushGroupAsync("d");
        Assert.Equal(["c", "d"], Poll(tail));
        await using var next = _files.TakeOver();
        await next.FlushGroupAsync("e");
        Assert.Equal(["e"], Poll(tail));
    }

    [Fact]
    public async Task Poll_GroupStillBeingWritten_WaitsForItsEnd()
    {
        const string Segment = "00000001-0000.log";
        await using var writer = _files.TakeOver();
        await writer.FlushGroupAsync("a");
        var before = _files[Segment];
        await writer.FlushGroupAsync("b");
        var whole = _files[Segment];
        var tail = new JournalTail(_files);
        _files[Segment] = whole[..(before.Length + 30)];
        Assert.Equal(["a"], Poll(tail));
        _files[Segment] = whole;
        Assert.Equal(["b"], Poll(tail));
    }

    [Fact]
    public async Task Poll_AfterAnotherLeaderSealedBeforeIt_StartsAgain()
    {
        await using var old = _files.TakeOver();
        await old.FlushGroupAsync("a");
        var seen = _files.Replay().Result.End;
        await old.FlushGroupAsync("void");
        var tail = new JournalTail(_files);
        Assert.Equal(["a", "void"], Poll(tail));
        await using var taker = JournalWriter.TakeOver(_files, seen);
        await taker.FlushGroupAsync("b");

        Assert.Equal(["<Rewind>", "a", "b"], Poll(tail));
    }

    private string[] Poll(JournalTail tail)
    {
        _seen.Clear();
        tail.Poll((_, record) => _seen.Add(Encoding.UTF8.GetString(record)), mark => _seen.Add($"<{mark}>"));
        return [.. _seen];
    }
}
