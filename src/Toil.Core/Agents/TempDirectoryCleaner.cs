using System.Threading.Channels;

namespace Toil.Agents;

/// <summary>Deletes directories of settled attempts in the background, one after the other, so that nobody waits for a large tree.</summary>
internal sealed class TempDirectoryCleaner : IAsyncDisposable
{
    private readonly Channel<string> _settled = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _cleaning;

    public TempDirectoryCleaner() => _cleaning = Task.Run(CleanAsync);

    public void Add(string directory) => _settled.Writer.TryWrite(directory);

    public async ValueTask DisposeAsync()
    {
        _settled.Writer.TryComplete();
        await _cleaning.ConfigureAwait(false);
    }

    private async Task CleanAsync()
    {
        await foreach (var directory in _settled.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            Delete(directory);
        }
    }

    private static void Delete(string directory)
    {
        try
        {
            if (Directory.Exists(directory))
            {
                MakeRemovable(directory);
                Directory.Delete(directory, recursive: true);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Something still writes there. The directory goes with the workflow's own, when the workflow ends.
        }
    }

    /// <summary>Tools leave read-only directories behind; their entries can't be deleted before they are writable.</summary>
    private static void MakeRemovable(string directory)
    {
        const UnixFileMode needed = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var pending = new Stack<string>([directory]);
        while (pending.TryPop(out var path))
        {
            var mode = File.GetUnixFileMode(path);
            if ((mode & needed) != needed)
            {
                File.SetUnixFileMode(path, mode | needed);
            }

            foreach (var inner in new DirectoryInfo(path).EnumerateDirectories().Where(entry => entry.LinkTarget is null))
            {
                pending.Push(inner.FullName);
            }
        }
    }
}
