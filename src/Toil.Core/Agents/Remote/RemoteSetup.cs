using Toil.Files;
using Toil.Values;

namespace Toil.Agents;

/// <summary>What all jobs of a workflow have in common on the nodes that they are sent to.</summary>
internal sealed record RemoteSetup
{
    /// <summary>The workflow's id.</summary>
    public required Guid Workflow { get; init; }

    /// <summary>How to start the workers of the vehicles that need some.</summary>
    public required IReadOnlyDictionary<Vehicle, WorkerSpec> Workers { get; init; }

    /// <summary>Variables to set for jobs.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Where temporary directories go; empty leaves it to the node.</summary>
    public string WorkDirectory { get; init; } = "";

    /// <summary>Where sockets go; empty leaves it to the node.</summary>
    public string CoordinationDirectory { get; init; } = "";

    /// <summary>The call cache; empty for none.</summary>
    public string CallCache { get; init; } = "";

    public ByteSize MaxLogSize { get; init; }

    /// <summary>Whether successful attempts hand over what they wrote, too.</summary>
    public bool KeepsLogsOfSuccesses { get; init; }

    /// <summary>Throws away what workers write to standard output and error.</summary>
    public bool DiscardsOutput { get; init; }

    /// <summary>How attempts deal with files.</summary>
    public required FileSettings Files { get; init; }

    /// <summary>A worker begins nothing any more once it has run for so long; what is left of its attempts goes back to the leader.</summary>
    public TimeSpan CoalesceTime { get; init; }

    /// <summary>How often a service's agent looks whether it should stop, and the leader whether it has started.</summary>
    public TimeSpan ServicePollingInterval { get; init; }

    public static RemoteSetup Of(ToilOptions options, Guid workflow, IReadOnlyDictionary<Vehicle, WorkerSpec> workers) => new()
    {
        Workflow = workflow,
        Workers = workers,
        Environment = options.SetEnv,
        WorkDirectory = options.WorkDir == new ToilOptions().WorkDir ? "" : Path.GetFullPath(options.WorkDir),
        CoordinationDirectory = options.CoordinationDir is { } directory ? Path.GetFullPath(directory) : "",
        CallCache = options.CallCache is { } cache ? Path.GetFullPath(cache) : "",
        MaxLogSize = options.MaxLogFileSize,
        KeepsLogsOfSuccesses = options.WriteLogsFromAllJobs && (options.WriteLogs ?? options.WriteLogsGzip) is not null,
        DiscardsOutput = options.NoStdOutErr,
        Files = FileSettings.Of(options),
        CoalesceTime = options.CoalesceTime,
        ServicePollingInterval = options.ServicePollingInterval,
    };

    public void WriteTo(ByteWriter writer)
    {
        writer.WriteString(Workflow.ToString());
        writer.WriteUnsigned((ulong)Workers.Count);
        foreach (var (vehicle, spec) in Workers)
        {
            writer.WriteByte((byte)vehicle);
            spec.WriteTo(writer);
        }

        writer.WriteUnsigned((ulong)Environment.Count);
        foreach (var (name, value) in Environment)
        {
            writer.WriteString(name);
            writer.WriteString(value);
        }

        writer.WriteString(WorkDirectory);
        writer.WriteString(CoordinationDirectory);
        writer.WriteString(CallCache);
        writer.WriteVarint(MaxLogSize.Bytes);
        writer.WriteBool(KeepsLogsOfSuccesses);
        writer.WriteBool(DiscardsOutput);
        writer.WriteString(Files.ToString());
        writer.WriteVarint(CoalesceTime.Ticks);
        writer.WriteVarint(ServicePollingInterval.Ticks);
    }

    public static RemoteSetup ReadFrom(ref ByteReader reader)
    {
        var workflow = Guid.Parse(reader.ReadString());
        var workers = new Dictionary<Vehicle, WorkerSpec>();
        for (var count = reader.ReadCount(); count > 0; count--)
        {
            workers[(Vehicle)reader.ReadByte()] = WorkerSpec.ReadFrom(ref reader);
        }

        var environment = new Dictionary<string, string>();
        for (var count = reader.ReadCount(); count > 0; count--)
        {
            environment[reader.ReadString()] = reader.ReadString();
        }

        return new RemoteSetup
        {
            Workflow = workflow,
            Workers = workers,
            Environment = environment,
            WorkDirectory = reader.ReadString(),
            CoordinationDirectory = reader.ReadString(),
            CallCache = reader.ReadString(),
            MaxLogSize = reader.ReadVarint(),
            KeepsLogsOfSuccesses = reader.ReadBool(),
            DiscardsOutput = reader.ReadBool(),
            Files = FileSettings.Parse(reader.ReadString()),
            CoalesceTime = TimeSpan.FromTicks(reader.ReadVarint()),
            ServicePollingInterval = TimeSpan.FromTicks(reader.ReadVarint()),
        };
    }
}
