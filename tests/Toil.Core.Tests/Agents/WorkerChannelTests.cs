using System.Net.Sockets;
using Toil.Agents;
using Xunit;

namespace Toil.Tests.Agents;

public class WorkerChannelTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64 * 1024)]
    [InlineData(5_000_000)]
    public async Task Send_Frames_ArriveWholeAndInOrder(int length)
    {
        var (left, right) = await ConnectAsync();
        var large = new byte[length];
        new Random(length).NextBytes(large);
        var sending = Task.Run(() =>
        {
            left.Send(WorkerMessage.Ready);
            left.Send(WorkerMessage.Commit, large);
            left.Send(WorkerMessage.Log, [1, 2, 3]);
            left.Dispose();
        }, TestContext.Current.CancellationToken);
        var received = new List<(WorkerMessage, string)>();
        while (right.TryReceive(out var message, out var payload))
        {
            received.Add((message, Convert.ToHexString(payload)));
        }

        await sending;
        Assert.Equal([(WorkerMessage.Ready, ""), (WorkerMessage.Commit, Convert.ToHexString(large)), (WorkerMessage.Log, "010203")], received);
        right.Dispose();
    }

    [Fact]
    public async Task HasInput_NothingWasSent_False()
    {
        var (left, right) = await ConnectAsync();
        Assert.False(right.HasInput());
        left.Dispose();
        Assert.True(right.HasInput());
        right.Dispose();
    }

    private static async Task<(WorkerChannel Left, WorkerChannel Right)> ConnectAsync()
    {
        using var directory = new Fakes.TemporaryDirectory();
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(directory["socket"]));
        listener.Listen();
        var left = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        left.Connect(new UnixDomainSocketEndPoint(directory["socket"]));
        return (new WorkerChannel(left), new WorkerChannel(await listener.AcceptAsync(TestContext.Current.CancellationToken)));
    }
}
