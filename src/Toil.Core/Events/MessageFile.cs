using System.Buffers;
using System.Text.Json;
using System.Threading.Channels;

namespace Toil.Events;

/// <summary>Writes what happens into a file, as <c>--writeMessages</c> asks: one line of JSON each. Writing never holds the leader up.</summary>
internal sealed class MessageFile : IAsyncDisposable
{
    private readonly Channel<WorkflowEvent> _pending = Channel.CreateUnbounded<WorkflowEvent>(new UnboundedChannelOptions { SingleReader = true });
    private readonly FileStream _file;
    private readonly Task _writing;

    /// <summary>Opens the file; what it holds already stays, so that a resumed workflow goes on in it.</summary>
    /// <exception cref="ToilException">It can't be written.</exception>
    public MessageFile(string path)
    {
        try
        {
            _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ToilException($"--writeMessages: {path} can't be written: {failure.Message}", failure);
        }

        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Why nothing more is written; null as long as all is well.</summary>
    public Exception? Failure { get; private set; }

    public void Add(WorkflowEvent happened) => _pending.Writer.TryWrite(happened);

    public async ValueTask DisposeAsync()
    {
        _pending.Writer.Complete();
        await _writing.ConfigureAwait(false);
        await _file.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>What is written: the event's kind in front of its own fields.</summary>
    internal static void Write(IBufferWriter<byte> output, WorkflowEvent happened)
    {
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartObject();
        writer.WriteString("event", JsonNamingPolicy.CamelCase.ConvertName(happened.GetType().Name));
        writer.WriteString("at", happened.At);
        if (happened is JobEvent job)
        {
            writer.WriteNumber("job", job.Number);
            writer.WriteString("name", job.Name);
            writer.WriteString("attempt", job.Attempt);
        }

        switch (happened)
        {
            case JobIssued { Requirements: var asked }:
                writer.WriteNumber("cores", asked.Cores);
                writer.WriteNumber("memory", asked.Memory.Bytes);
                writer.WriteNumber("disk", asked.Disk.Bytes);
                break;
            case JobFailed failed:
                writer.WriteString("error", failed.Error.Message);
                writer.WriteString("errorType", failed.Error.Type);
                writer.WriteBoolean("willRetry", failed.WillRetry);
                break;
            case ClusterSizeChanged size:
                writer.WriteString("nodeType", size.NodeType);
                writer.WriteNumber("nodes", size.Nodes);
                break;
        }

        writer.WriteEndObject();
    }

    private async Task WriteAsync()
    {
        var lines = new ArrayBufferWriter<byte>();
        try
        {
            while (await _pending.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                lines.ResetWrittenCount();
                while (lines.WrittenCount < 1 << 20 && _pending.Reader.TryRead(out var happened))
                {
                    Write(lines, happened);
                    lines.Write("\n"u8);
                }

                await _file.WriteAsync(lines.WrittenMemory).ConfigureAwait(false);
                await _file.FlushAsync().ConfigureAwait(false);
            }
        }
        catch (IOException failure)
        {
            Failure = failure;
        }
    }
}
