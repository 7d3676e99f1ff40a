using System.Net.Sockets;

namespace Toil.Containers;

/// <summary>Tells whether docker's client has somebody to talk to: it is often installed where no daemon runs.</summary>
internal static class DockerDaemon
{
    public const string Client = "docker";
    public const string Socket = "/var/run/docker.sock";

    /// <summary>Whether a daemon answers, or may stand somewhere that only the client knows.</summary>
    public static bool MayAnswer() => IsElsewhere() || Answers();

    private static bool IsElsewhere() =>
        Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 }
        || Environment.GetEnvironmentVariable("DOCKER_CONTEXT") is { Length: > 0 }
        || HasOwnContext();

    /// <summary>Its settings may name another place; what they say is the client's business.</summary>
    private static bool HasOwnContext()
    {
        var folder = Environment.GetEnvironmentVariable("DOCKER_CONFIG") is { Length: > 0 } named
            ? named
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker");
        return Directory.Exists(Path.Combine(folder, "contexts"));
    }

    private static bool Answers()
    {
        if (!File.Exists(Socket))
        {
            return false;
        }

        try
        {
            using var socket = new System.Net.Sockets.Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(Socket));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
