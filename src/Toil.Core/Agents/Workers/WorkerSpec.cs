namespace Toil.Agents;

/// <summary>How to start a worker process of one vehicle.</summary>
/// <param name="Program">The executable.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Environment">Variables to set beside the agent's own; null removes one.</param>
internal sealed record WorkerSpec(string Program, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string?> Environment)
{
    public WorkerSpec(string program, params string[] arguments) : this(program, arguments, new Dictionary<string, string?>()) { }

    public override string ToString() => string.Join(' ', Arguments.Prepend(Program));
}
