using System.Net.Sockets;
using Toil.Agents;
using Xunit;

namespace Toil.Tests.Agents;

public class SocketDirectoryTests
{
    [Fact]
    public void Create_Directory_OnlyItsOwnerEnters()
    {
        var path = SocketDirectory.Create();
        var directory = Path.GetDirectoryName(path)!;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, new DirectoryInfo(directory).UnixFileMode);
        SocketDirectory.Remove(path);
        Assert.False(Directory.Exists(directory));
    }

    [Fact]
    public void RemoveAbandoned_NobodyAnswers_RemovesOnlyThose()
    {
        using var live = new WorkerListener();
        var unfinished = SocketDirectory.Create();
        var dead = SocketDirectory.Create();
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            // What a killed agent leaves: a name that outlives its socket.
            socket.Bind(new UnixDomainSocketEndPoint($"{dead}~"));
            File.Move($"{dead}~", dead);
        }

        SocketDirectory.RemoveAbandoned();
        Assert.True(File.Exists(live.Path));
        Assert.True(Directory.Exists(Path.GetDirectoryName(unfinished)));
        Assert.False(Directory.Exists(Path.GetDirectoryName(dead)));
        SocketDirectory.Remove(unfinished);
    }
}
