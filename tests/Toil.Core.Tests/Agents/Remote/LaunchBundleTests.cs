using Toil.Agents;
using Toil.Files;
using Toil.JobStores;
using Toil.Tests.Fakes;
using Toil.Values;
using Xunit;

namespace Toil.Tests.Agents.Remote;

public sealed class LaunchBundleTests : IDisposable
{
    private const string Key = "launch/1.1";

    private readonly TemporaryDirectory _directory = new();

    private static readonly Code[] Codes = [Job.Of(() => 1).Code, new Code(Vehicle.Script, "here", new byte[100_000])];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private FileBlobStore Store => new(_directory.Path, TimeProvider.System);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Read_EachOfManyEntries_IsWhatWasWritten()
    {
        await Store.PutAsync(Key, Bundle(5000), null, Cancel);

        foreach (var entry in new[] { 0, 1, 4999 })
        {
            var (setup, orders) = await LaunchBundle.ReadAsync(Store, Key, entry, Cancel);

            var order = Assert.Single(orders);
            Assert.Equal($"job {entry}", order.JobName);
            Assert.Equal(Codes[entry % 2].Id, order.Code.Id);
            Assert.Equal((long)entry, ValueReader.Read(order.Arguments));
            Assert.Equal("value", setup.Environment["NAME"]);
            Assert.Equal(["-x"], setup.Workers[Vehicle.Assembly].Arguments);
            Assert.Null(setup.Workers[Vehicle.Assembly].Environment["GONE"]);
        }
    }

    [Fact]
    public async Task Read_EntriesOfSeveralAttempts_AreWhatWasWritten()
    {
        await Store.PutAsync(Key, LaunchBundle.Encode(Setup(), [[Order(0)], [Order(1), Order(2), Order(3)]]), null, Cancel);

        var (_, orders) = await LaunchBundle.ReadAsync(Store, Key, 1, Cancel);
        var attempts = await LaunchBundle.ReadAttemptsAsync(Store, Key, Cancel);

        Assert.Equal(["job 1", "job 2", "job 3"], orders.Select(order => order.JobName));
        Assert.Equal([[Order(0).Attempt], [Order(1).Attempt, Order(2).Attempt, Order(3).Attempt]], attempts!);
    }

    [Fact]
    public async Task Read_EntryThatIsNotThere_SaysSo()
    {
        await Store.PutAsync(Key, Bundle(2), null, Cancel);

        var error = await Assert.ThrowsAsync<ToilException>(() => LaunchBundle.ReadAsync(Store, Key, 2, Cancel));

        Assert.Equal("launch/1.1 has 2 entries; there is no entry 2.", error.Message);
    }

    [Fact]
    public async Task Read_FlippedByte_IsRefused()
    {
        var whole = Bundle(1);
        for (var at = 40; at < whole.Length; at += 997)
        {
            var damaged = whole.ToArray();
            damaged[at] ^= 1;
            await Store.PutAsync(Key, damaged, null, Cancel);

            await Assert.ThrowsAsync<InvalidDataException>(() => LaunchBundle.ReadAsync(Store, Key, 0, Cancel));
        }
    }

    [Fact]
    public void Outbox_CommitAndFailure_ComeBack()
    {
        var usage = new ResourceUsage(DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(1), TimeSpan.Zero, 5) { Node = "n1" };
        var attempt = new AttemptId(7, 2, 3);
        var commit = new OutboxRecord(new AttemptOutcome(attempt, [1, 2], null, usage) { Log = [3] }, "job", 2, [(LogLevel.Info, "hello")]);
        var failure = new OutboxRecord(
            new AttemptOutcome(attempt, null, new AttemptFailure(FailureReason.OutOfMemory, new ErrorInfo("T", "much"), [9]), usage), "job", 1, []);

        var first = OutboxRecord.Decode(commit.Encode(), "k");
        var second = OutboxRecord.Decode(failure.Encode(), "k");

        Assert.Equal((attempt, "job", 2, "hello"), (first.Outcome.Attempt, first.JobName, first.TryNumber, first.Messages[0].Message));
        Assert.Equal([1, 2], first.Outcome.Commit!);
        Assert.Equal([3], first.Outcome.Log);
        Assert.Equal("n1", first.Outcome.Usage.Node);
        Assert.Equal((FailureReason.OutOfMemory, "much"), (second.Outcome.Failure!.Reason, second.Outcome.Failure.Error.Message));
    }

    private static byte[] Bundle(int entries) => LaunchBundle.Encode(Setup(), [.. Enumerable.Range(0, entries).Select(i => new[] { Order(i) })]);

    private static RemoteSetup Setup() => new()
    {
        Workflow = Guid.NewGuid(),
        Workers = new Dictionary<Vehicle, WorkerSpec> { [Vehicle.Assembly] = new("program", ["-x"], new Dictionary<string, string?> { ["GONE"] = null }) },
        Environment = new Dictionary<string, string> { ["NAME"] = "value" },
        Files = new FileSettings(LinkImports: true, Caching: false),
    };

    private static LaunchOrder Order(int number) => new(
        new AttemptId(number + 1, 1, number + 1), $"job {number}", 1, new Requirements(1, 1, 1), Codes[number % 2], ClrValues.Encode((long)number).Bind(_ => 0));
}
