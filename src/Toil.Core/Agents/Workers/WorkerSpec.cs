using System.Text.Json.Serialization;

namespace Toil.Agents;

/// <summary>How to start a worker process of one vehicle.</summary>
/// <param name="Program">The executable.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Environment">Variables to set beside the agent's own; null removes one.</param>
[method: JsonConstructor]
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

    public override string ToString() => string.Join(' ', Arguments.Prepend(Program));
}
