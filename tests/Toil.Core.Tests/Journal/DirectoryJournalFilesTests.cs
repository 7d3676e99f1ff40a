using Toil.JobStores;
using Toil.Journaling;
using Toil.Tests.Fakes;
using Xunit;

namespace Toil.Tests.Journal;

public sealed class DirectoryJournalFilesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private DirectoryJournalFiles Files => new(_directory["journal"], new TemporaryFiles(_directory["tmp"], TimeProvider.System));

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Journal_OnDisk_IsReadBackByTheNextLeader()
    {
        await using (var writer = Files.TakeOver())
        {
            await writer.FlushGroupAsync("a", "b");
            await writer.SnapshotAsync("ab");
            var location = (await writer.FlushGroupAsync("c"))[0];
            Assert.Equal("c", writer.Text(location));
            await writer.CloseAsync();
        }

        await using var next = Files.TakeOver();
        await next.FlushGroupAsync("d");

        Assert.Equal(["<Begin>", "ab", "<End>", "c", "d"], Files.Replay().Records);
        Assert.Equal(["a", "b", "c", "d"], Files.Replay(fromStart: true).Records);
        Assert.Empty(Directory.EnumerateFiles(_directory["tmp"]));
    }

    [Fact]
    public async Task TakeOver_OnDisk_EightRacers_HaveExactlyOneWinner()
    {
        var files = Files;
        var end = files.Replay().Result.End;
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            try
            {
                await using var writer = JournalWriter.TakeOver(files, end);
                return true;
            }
            catch (JournalFencedException)
            {
                return false;
            }
        })));

        Assert.Single(taken, true);
        Assert.Empty(Directory.EnumerateFiles(_directory["tmp"]));
    }

    [Fact]
    public async Task Read_FromManyThreadsWhileWriting_IsRight()
    {
        await using var writer = Files.TakeOver();
        var locations = new RecordLocation[2000];
        var appended = 0;
        var reader = Task.Run(
            () =>
            {
                var chance = new Random(1);
                while (Volatile.Read(ref appended) < locations.Length)
                {
                    var count = Volatile.Read(ref appended);
                    if (count > 0)
                    {
                        var i = chance.Next(count);
                        Assert.Equal($"record {i}", writer.Text(locations[i]));
                    }
                }
            },
            TestContext.Current.CancellationToken);
        for (var i = 0; i < locations.Length; i++)
        {
            locations[i] = writer.Append(System.Text.Encoding.UTF8.GetBytes($"record {i}"));
            Volatile.Write(ref appended, i + 1);
            if (i % 10 == 0)
            {
                await writer.FlushAsync(TestContext.Current.CancellationToken);
            }
        }

        await reader;
    }
}
