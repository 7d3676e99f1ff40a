using Toil.Values;

namespace Toil.Agents;

/// <summary>What an agent tells a worker process that it starts, in one environment variable.</summary>
/// <param name="Socket">The agent's socket.</param>
/// <param name="Token">Proves to the agent that the connection is this worker's.</param>
/// <param name="Store">The job store's locator.</param>
/// <param name="WorkDirectory">The workflow's directory on this node.</param>
/// <param name="Workflow">The workflow's id.</param>
/// <param name="Worker">How the worker was started.</param>
internal sealed record WorkerEnvironment(string Socket, string Token, string Store, string WorkDirectory, string Workflow, WorkerSpec Worker)
{
    public const string Variable = "TOIL_WORKER";

    /// <summary>How long to wait between two checks of a service.</summary>
    public TimeSpan ServiceInterval { get; init; }

    /// <summary>Whether to pass on what jobs send to the real-time log.</summary>
    public bool RealTimeLogging { get; init; }

    /// <summary>How to deal with files: see <see cref="Toil.Files.FileSettings"/>.</summary>
    public string Files { get; init; } = "";

    public static bool IsPresent => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable));

    /// <summary>Reads the variable and removes it, so that user code and what it starts don't see it.</summary>
    public static WorkerEnvironment Take()
    {
        var text = Environment.GetEnvironmentVariable(Variable)
            ?? throw new ToilException($"The environment variable {Variable} is missing. Only an agent starts workers.");
        Environment.SetEnvironmentVariable(Variable, null);
        var reader = new ByteReader(Convert.FromBase64String(text));
        return new WorkerEnvironment(
            reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadString(), WorkerSpec.ReadFrom(ref reader))
        {
            ServiceInterval = new TimeSpan(reader.ReadVarint()),
            RealTimeLogging = reader.ReadBool(),
            Files = reader.ReadString(),
        };
    }

    public void AddTo(IDictionary<string, string> variables)
    {
        var writer = new ByteWriter();
        writer.WriteString(Socket);
        writer.WriteString(Token);
        writer.WriteString(Store);
        writer.WriteString(WorkDirectory);
        writer.WriteString(Workflow);
        Worker.WriteTo(writer);
        writer.WriteVarint(ServiceInterval.Ticks);
        writer.WriteBool(RealTimeLogging);
        writer.WriteString(Files);
        variables[Variable] = Convert.ToBase64String(writer.Written.Span);
    }
}
