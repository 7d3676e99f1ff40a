using Toil.Values;

namespace Toil.Agents;

/// <summary>How to start a worker process of one vehicle.</summary>
/// <param name="Program">The executable.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Environment">Variables to set beside the agent's own; null removes one.</param>
internal sealed record WorkerSpec(string Program, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string?> Environment)
{
    public WorkerSpec(string program, params string[] arguments) : this(program, arguments, new Dictionary<string, string?>()) { }

    /// <summary>Sets and removes what it wants set and removed.</summary>
    public void SetEnvironment(IDictionary<string, string> variables)
    {
        foreach (var (name, value) in Environment)
        {
            if (value is null)
            {
                variables.Remove(name);
            }
            else
            {
                variables[name] = value;
            }
        }
    }

    public void WriteTo(ByteWriter writer)
    {
        writer.WriteString(Program);
        writer.WriteUnsigned((ulong)Arguments.Count);
        foreach (var argument in Arguments)
        {
            writer.WriteString(argument);
        }

        writer.WriteUnsigned((ulong)Environment.Count);
        foreach (var (name, value) in Environment)
        {
            writer.WriteString(name);
            writer.WriteBool(value is not null);
            writer.WriteString(value ?? "");
        }
    }

    public static WorkerSpec ReadFrom(ref ByteReader reader)
    {
        var program = reader.ReadString();
        var arguments = new string[reader.ReadCount()];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = reader.ReadString();
        }

        var environment = new Dictionary<string, string?>();
        for (var count = reader.ReadCount(); count > 0; count--)
        {
            var name = reader.ReadString();
            var isSet = reader.ReadBool();
            environment[name] = isSet ? reader.ReadString() : NoValue(ref reader);
        }

        return new WorkerSpec(program, arguments, environment);
    }

    public override string ToString() => string.Join(' ', Arguments.Prepend(Program));

    private static string? NoValue(ref ByteReader reader)
    {
        reader.ReadString();
        return null;
    }
}
