using Toil.Values;

namespace Toil.Agents;

/// <summary>How to start a worker process of one vehicle.</summary>
/// <param name="Program">The executable.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Environment">Variables to set beside the agent's own; null removes one.</param>
internal sealed record WorkerSpec(string Program, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string?> Environment)
{
    public WorkerSpec(string program, params string[] arguments) : this(program, arguments, new Dictionary<string, string?>()) { }

    public override string ToString() => string.Join(' ', Arguments.Prepend(Program));

    public void WriteTo(ByteWriter writer)
    {
        writer.WriteString(Program);
        writer.WriteUnsigned((ulong)Arguments.Count);
        foreach (var argument in Arguments)
        {
            writer.WriteString(argument);
        }

        WriteVariables(writer, Environment);
    }

    public static WorkerSpec ReadFrom(ref ByteReader reader)
    {
        var program = reader.ReadString();
        var arguments = new string[reader.ReadCount()];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = reader.ReadString();
        }

        return new WorkerSpec(program, arguments, ReadVariables(ref reader));
    }

    public static void WriteVariables(ByteWriter writer, IReadOnlyDictionary<string, string?> variables)
    {
        writer.WriteUnsigned((ulong)variables.Count);
        foreach (var (name, value) in variables)
        {
            writer.WriteString(name);
            writer.WriteBool(value is not null);
            writer.WriteString(value ?? "");
        }
    }

    public static Dictionary<string, string?> ReadVariables(ref ByteReader reader)
    {
        var variables = new Dictionary<string, string?>();
        for (var count = reader.ReadCount(); count > 0; count--)
        {
            var name = reader.ReadString();
            var isSet = reader.ReadBool();
            var value = reader.ReadString();
            variables[name] = isSet ? value : null;
        }

        return variables;
    }
}
