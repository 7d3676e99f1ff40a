using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Toil.Agents;
using Toil.JobStores;
using Toil.Leader;

namespace Toil.Stats;

/// <summary>Writes a line of JSON for each attempt that has ended, in the order of the journal: seconds and bytes.</summary>
internal sealed class RawStatistics : IHistoryVisitor
{
    private readonly Stream _output;
    private readonly Func<string, bool> _isWanted;
    private readonly Dictionary<long, string> _names = [];
    private readonly AttemptWaits _waits = new();
    private readonly ArrayBufferWriter<byte> _line = new();

    private RawStatistics(Stream output, Func<string, bool> isWanted) => (_output, _isWanted) = (output, isWanted);

    public static void Write(Stream output, JobStore store, Func<string, bool>? isWanted = null) =>
        WorkflowHistory.Read(store, new RawStatistics(output, isWanted ?? (_ => true)));

    public void Added(long job, string name, ResourceRequest request)
    {
        if (_isWanted(name))
        {
            _names[job] = string.Intern(name);
        }
    }

    public void Ready(long job, DateTimeOffset at) => _waits.Ready(job, at);

    public void Committed(AttemptId attempt, ResourceUsage usage) => Write(attempt, usage, "ok");

    public void Failed(FailureRecord failure, bool isFinal) => Write(failure.Attempt, failure.Usage, CamelCase(failure.Failure.Reason));

    public void Resumed(DateTimeOffset at) => _waits.Resumed(at);

    private static string CamelCase(FailureReason reason) =>
        string.Create(CultureInfo.InvariantCulture, $"{char.ToLowerInvariant(reason.ToString()[0])}{reason.ToString()[1..]}");

    private void Write(AttemptId attempt, ResourceUsage? usage, string end)
    {
        if (!_names.TryGetValue(attempt.Job, out var name))
        {
            return;
        }

        _line.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(_line))
        {
            writer.WriteStartObject();
            writer.WriteNumber("job", attempt.Job);
            writer.WriteString("name", name);
            writer.WriteString("attempt", attempt.ToString());
            writer.WriteString("end", end);
            WriteUsage(writer, attempt.Job, usage);
            writer.WriteEndObject();
        }

        _output.Write(_line.WrittenSpan);
        _output.WriteByte((byte)'\n');
    }

    private void WriteUsage(Utf8JsonWriter writer, long job, ResourceUsage? usage)
    {
        if (usage is null)
        {
            return;
        }

        writer.WriteString("started", usage.Started);
        writer.WriteNumber("time", usage.Wall.TotalSeconds);
        writer.WriteNumber("cpu", usage.Cpu.TotalSeconds);
        writer.WriteNumber("wait", _waits.Of(job, usage.Started).TotalSeconds);
        writer.WriteNumber("memory", usage.PeakMemory.Bytes);
        writer.WriteNumber("disk", usage.Disk.Bytes);
        writer.WriteString("node", usage.Node);
        if (usage.Granted is { } granted)
        {
            writer.WriteNumber("askedCores", granted.Cores);
            writer.WriteNumber("askedMemory", granted.Memory.Bytes);
            writer.WriteNumber("askedDisk", granted.Disk.Bytes);
        }
    }
}
