using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Toil.Events;

/// <summary>Samples how busy the nodes are into a file, as <c>--clusterStats</c> asks: a JSON array that is whole after every sample.</summary>
internal sealed class ClusterStatsFile : IAsyncDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly FileStream _file;
    private readonly Func<int> _runningJobs;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;

    /// <param name="path">A file, or a directory to make one in.</param>
    /// <param name="workflow">Names the file in a directory.</param>
    /// <param name="runningJobs">How many jobs run; called on any thread.</param>
    /// <param name="time">Says when to look.</param>
    /// <exception cref="ToilException">It can't be written.</exception>
    public ClusterStatsFile(string path, Guid workflow, Func<int> runningJobs, TimeProvider time)
    {
        (_runningJobs, _time) = (runningJobs, time);
        var file = Directory.Exists(path) ? Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $"toil-stats-{workflow:N}.json")) : path;
        try
        {
            _file = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.Read);
            Sample("[\n");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ToilException($"--clusterStats: {file} can't be written: {failure.Message}", failure);
        }

        _timer = time.CreateTimer(_ => SampleMore(), null, Interval, Interval);
    }

    /// <summary>Why nothing more is written; null as long as all is well.</summary>
    public Exception? Failure { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        SampleMore();
        await _file.DisposeAsync().ConfigureAwait(false);
    }

    private void SampleMore()
    {
        lock (_gate)
        {
            if (Failure is not null)
            {
                return;
            }

            try
            {
                // Over the bracket that closed the array.
                _file.Seek(-"\n]\n".Length, SeekOrigin.End);
                Sample(",\n");
            }
            catch (Exception failure) when (failure is IOException or ObjectDisposedException)
            {
                Failure = failure;
            }
        }
    }

    private void Sample(string before)
    {
        _file.Write(Encoding.UTF8.GetBytes($"{before}{JsonSerializer.Serialize(Measure(), ClusterSampleJson.Default.ClusterSample)}\n]\n"));
        _file.Flush();
    }

    private ClusterSample Measure()
    {
        var memory = GC.GetGCMemoryInfo();
        return new ClusterSample(
            _time.GetUtcNow(), Environment.MachineName, Environment.ProcessorCount, ReadLoad(), memory.TotalAvailableMemoryBytes, ReadAvailableMemory(), _runningJobs());
    }

    /// <summary>The load average of the last minute; null where the system doesn't tell.</summary>
    private static double? ReadLoad() =>
        File.Exists("/proc/loadavg") && double.TryParse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture, out var load) ? load : null;

    private static long? ReadAvailableMemory()
    {
        const string label = "MemAvailable:";
        var line = File.Exists("/proc/meminfo") ? File.ReadLines("/proc/meminfo").FirstOrDefault(line => line.StartsWith(label, StringComparison.Ordinal)) : null;
        return line is null ? null : long.Parse(line[label.Length..^"kB".Length], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) * 1024;
    }
}
