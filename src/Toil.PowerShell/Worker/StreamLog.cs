using System.Management.Automation;
using System.Text;

namespace Toil.Worker;

/// <summary>Writes the streams of jobs that aren't output to the attempt's log, which is the process's standard error.</summary>
internal sealed class StreamLog : IDisposable
{
    // Opened once: a job may redirect Console.Error, and must not redirect its successors' logs with it.
    private readonly StreamWriter _log = new(Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true };

    public void Attach(PSDataStreams streams)
    {
        Follow(streams.Error, "ERROR: ", Describe);
        Follow(streams.Warning, "WARNING: ", record => record.Message);
        Follow(streams.Verbose, "VERBOSE: ", record => record.Message);
        Follow(streams.Debug, "DEBUG: ", record => record.Message);
        Follow(streams.Information, "", record => record.MessageData?.ToString() ?? "");
    }

    public void Dispose() => _log.Dispose();

    private void Follow<T>(PSDataCollection<T> stream, string prefix, Func<T, string> describe) =>
        stream.DataAdded += (_, _) =>
        {
            // Taken out at once, so that a chatty job doesn't fill the memory.
            foreach (var record in stream.ReadAll())
            {
                lock (_log)
                {
                    _log.WriteLine(prefix + describe(record));
                }
            }
        };

    private static string Describe(ErrorRecord record) => record.InvocationInfo is { PositionMessage.Length: > 0 } invocation
        ? $"{record}\n{invocation.PositionMessage}"
        : record.ToString();
}
