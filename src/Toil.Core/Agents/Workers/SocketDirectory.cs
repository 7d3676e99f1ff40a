using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Toil.Agents;

/// <summary>A directory for one agent's socket that only its owner can enter, on a path that is short enough for a socket.</summary>
internal static class SocketDirectory
{
    private const string Prefix = "toil-agent-";
    private const string SocketName = "socket";

    /// <summary>An agent that is alive binds its socket sooner.</summary>
    private static readonly TimeSpan LongestMaking = TimeSpan.FromMinutes(1);

    /// <summary>The kernel takes no longer paths (104 bytes on macOS, 108 on Linux, the last one zero), and a draft's name is one longer.</summary>
    private const int MaxPathBytes = 102;

    /// <param name="coordinationDirectory">Where to make it; null chooses a place.</param>
    /// <returns>The path for the socket.</returns>
    public static string Create(string? coordinationDirectory = null)
    {
        var name = $"{Prefix}{Convert.ToHexString(RandomNumberGenerator.GetBytes(6))}";
        var paths = Parents(coordinationDirectory).Select(parent => Path.Combine(parent, name, SocketName));
        var path = paths.FirstOrDefault(path => Encoding.UTF8.GetByteCount(path) <= MaxPathBytes)
            ?? throw new ToilException($"{coordinationDirectory} is too long for the path of a socket. Choose a directory with a shorter path with --coordinationDir.");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    public static void Remove(string socket)
    {
        try
        {
            File.Delete(socket);
            File.Delete($"{socket}~");
            Directory.Delete(Path.GetDirectoryName(socket)!);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Somebody else has removed it, or it is somebody else's.
        }
    }

    /// <summary>Removes what killed agents have left. Nobody answers at their sockets, in whichever container they ran.</summary>
    public static void RemoveAbandoned(string? coordinationDirectory = null)
    {
        foreach (var directory in Parents(coordinationDirectory).Where(Directory.Exists).Distinct().SelectMany(parent => Directory.EnumerateDirectories(parent, $"{Prefix}*")))
        {
            var socket = Path.Combine(directory, SocketName);
            if (IsAbandoned(socket))
            {
                Remove(socket);
            }
        }
    }

    private static IEnumerable<string> Parents(string? coordinationDirectory) =>
        coordinationDirectory is null ? [Path.TrimEndingDirectorySeparator(Path.GetTempPath()), "/tmp"] : [Path.GetFullPath(coordinationDirectory)];

    private static bool IsAbandoned(string path)
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return false;
        }
        catch (SocketException error)
        {
            // A directory without a socket may be one that an agent is just making, or was when it was killed.
            return error.SocketErrorCode == SocketError.ConnectionRefused
                || DateTime.UtcNow - Directory.GetCreationTimeUtc(Path.GetDirectoryName(path)!) > LongestMaking;
        }
    }
}
