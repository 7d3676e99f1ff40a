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

    [Theory]
    [InlineData(10)]
    [InlineData(30_000)]
    [InlineData(3_000_000)]
    public async Task Snapshot_OnDisk_OfAnySize_IsReadBack(int size)
    {
        var state = new string('s', size);
        await using (var writer = Files.TakeOver())
        {
            await writer.FlushGroupAsync("a");
            await writer.SnapshotAsync(state);
        }

        Assert.Equal(["<Begin>", state, "<End>"], Files.Replay().Records);
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
    public async Task Poll_WhileTheLeaderWrites_SeesEveryRecordOnceAndInOrder()
    {
        const int Groups = 500;
        await using var writer = Files.TakeOver();
        var seen = new List<int>();
        var follower = Task.Run(
            () =>
            {
                var tail = new JournalTail(Files);
                while (seen.Count < 3 * Groups)
                {
                    TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
                    tail.Poll((_, record) => seen.Add(BitConverter.ToInt32(record)));
                }
            },
            TestContext.Current.CancellationToken);
        for (var i = 0; i < 3 * Groups; i++)
        {
            var record = new byte[1000];
            BitConverter.TryWriteBytes(record, i);
            writer.Append(record);
            if (i % 3 == 2)
            {
                await writer.FlushAsync(TestContext.Current.CancellationToken);
            }
        }

        await follower;
        Assert.Equal(Enumerable.Range(0, 3 * Groups), seen);
    }

    [Fact]
    public async Task Dispose_GivesBackReservedSpace()
    {
        var writer = Files.TakeOver();
        await writer.FlushGroupAsync("a");
        var path = Path.Combine(_directory["journal"], "00000001-0000.log");
        var reserved = new FileInfo(path).Length;
        Assert.Equal(["a"], Files.Replay().Records);
        await writer.DisposeAsync();

        Assert.True(reserved > 10_000);
        Assert.Equal(SegmentHeader.Size + GroupHeader.Size + 4 + 1, new FileInfo(path).Length);
        Assert.Equal(["a"], Files.Replay().Records);
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
