using Toil.Agents;
using Toil.BatchSystems;
using Toil.JobStores;
using Toil.Tests.Fakes;
using Toil.Values;
using Xunit;

namespace Toil.Tests.BatchSystems.Pilots;

/// <summary>Pilots' connections over loopback, with real TLS.</summary>
public sealed class PilotConnectionTests : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<string> _log = [];
    private readonly TaskCompletionSource<PilotHello> _hello = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _end = new();
    private readonly PilotListener _listener;

    public PilotConnectionTests() => _listener = new PilotListener("127.0.0.1", 3, ServeAsync, TimeProvider.System, (_, text) => _log.Add(text));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private FileBlobStore Store => new(_directory.Path, TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        _end.TrySetResult();
        await _listener.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Connect_ToTheLeader_CarriesWhatIsSaid()
    {
        var held = new HeldAttempt(new AttemptId(7, 2, 3), true, new ResourceAmount(500, 6, 7));
        await using var channel = await ConnectAsync(_listener.Address);

        channel!.Send(PilotMessage.Hello, Bytes(writer => new PilotHello("pilot.1.1-0", "token", "n1", [held]).WriteTo(writer)));
        var answer = await channel.ReceiveAsync(Cancel);

        var hello = await _hello.Task;
        Assert.Equal(("pilot.1.1-0", "token", "n1", held), (hello.Name, hello.Secret, hello.Node, Assert.Single(hello.Held)));
        Assert.Equal(PilotMessage.Welcome, answer!.Value.Message);
    }

    [Fact]
    public async Task Connect_LargeValue_ArrivesWhole()
    {
        await using var channel = await ConnectAsync(_listener.Address);
        channel!.Send(PilotMessage.Hello, Bytes(writer => new PilotHello(new string('x', 8 << 20), "", "", []).WriteTo(writer)));

        Assert.Equal(8 << 20, (await _hello.Task).Name.Length);
    }

    [Fact]
    public async Task Connect_ToSomebodyElse_IsRefusedByTheCertificate()
    {
        await using var other = new PilotListener("127.0.0.1", 3, ServeAsync, TimeProvider.System, (_, _) => { });

        var connector = await ConnectorAsync(other.Address with { Certificate = _listener.Address.Certificate });

        Assert.Null(await connector.TryConnectAsync(Cancel));
        Assert.Contains("isn't the workflow's leader: its certificate has another hash", connector.Trouble, StringComparison.Ordinal);
        Assert.False(connector.IsOver);
    }

    [Fact]
    public async Task Connect_ToNobody_NamesEachAddressThatWasTried()
    {
        var gone = new PilotListener("127.0.0.1", 3, ServeAsync, TimeProvider.System, (_, _) => { });
        await gone.DisposeAsync();
        var connector = await ConnectorAsync(gone.Address with { Hosts = ["127.0.0.1", "localhost"] });

        Assert.Null(await connector.TryConnectAsync(Cancel));

        Assert.Contains($"can't be reached at port {gone.Address.Port} (127.0.0.1: ", connector.Trouble, StringComparison.Ordinal);
        Assert.Contains("; localhost: ", connector.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_ToAnOlderLeader_IsNotTried()
    {
        var connector = await ConnectorAsync(_listener.Address);
        await using var first = await connector.TryConnectAsync(Cancel);
        await Store.PutAsync(PilotKeys.Address, (_listener.Address with { Epoch = 2 }).ToBytes(), null, Cancel);

        Assert.NotNull(first);
        Assert.Null(await connector.TryConnectAsync(Cancel));
    }

    [Fact]
    public async Task Connect_AfterTheEnd_IsOver()
    {
        var connector = await ConnectorAsync(_listener.Address with { Hosts = [] });

        Assert.Null(await connector.TryConnectAsync(Cancel));

        Assert.True(connector.IsOver);
    }

    [Fact]
    public async Task Hello_OfAnotherVersion_IsTurnedAwayWithAReason()
    {
        await using var channel = await ConnectAsync(_listener.Address);

        channel!.Send(PilotMessage.Hello, Bytes(writer => writer.WriteVarint(PilotProtocol.Version + 1)));
        var answer = await channel.ReceiveAsync(Cancel);

        Assert.Equal(PilotMessage.Refused, answer!.Value.Message);
        Assert.Contains(_log, text => text.Contains("Let nodes run the version of Toil that the leader runs", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("127.0.0.1:99999999")]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.1:0")]
    public void Address_WithoutAPort_IsAUsageError(string address) =>
        Assert.Throws<UsageException>(() => new PilotListener(address, 1, ServeAsync, TimeProvider.System, (_, _) => { }));

    private async Task ServeAsync(PilotHello hello, PilotChannel channel)
    {
        channel.Send(PilotMessage.Welcome, Bytes(writer => writer.WriteString("ticket")));
        _hello.SetResult(hello);
        await _end.Task;
    }

    private async Task<PilotConnector> ConnectorAsync(PilotAddress address)
    {
        await Store.PutAsync(PilotKeys.Address, address.ToBytes(), null, Cancel);
        return new PilotConnector(Store, TimeProvider.System);
    }

    private async Task<PilotChannel?> ConnectAsync(PilotAddress address) => await (await ConnectorAsync(address)).TryConnectAsync(Cancel);

    private static ByteWriter Bytes(Action<ByteWriter> write)
    {
        var writer = new ByteWriter();
        write(writer);
        return writer;
    }
}
