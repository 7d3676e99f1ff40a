using Toil.Journaling;
using Xunit;

namespace Toil.Tests.Journal;

public sealed class JournalReadTests
{
    [Fact]
    public async Task Read_FileShortenedSinceTheReplay_IsDamageWhereItEnds()
    {
        const string segment = "00000001-0000.log";
        var files = new PowerCutFiles();
        RecordLocation location;
        await using (var writer = files.TakeOver())
        {
            location = Assert.Single(await writer.FlushGroupAsync("record"));
        }

        using var reader = new JournalReader(files);
        reader.Replay((_, _) => { });
        files[segment] = files[segment][..(int)(location.Offset + 2)];

        var failure = Assert.Throws<JournalDamagedException>(() => reader.Read(location));
        Assert.Contains("the file ends within a record", failure.Message, StringComparison.Ordinal);
    }
}
