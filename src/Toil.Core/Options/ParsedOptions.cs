namespace Toil.Options;

/// <summary>A command line that was understood.</summary>
public sealed class ParsedOptions
{
    private readonly IReadOnlyDictionary<WorkflowOption, object?> _values;

    internal ParsedOptions(ToilOptions options, IReadOnlyDictionary<WorkflowOption, object?> values, IReadOnlyList<string> rest)
    {
        Options = options;
        Rest = rest;
        _values = values;
    }

    /// <summary>The engine's options.</summary>
    public ToilOptions Options { get; }

    /// <summary>What follows <c>--</c> on the command line.</summary>
    public IReadOnlyList<string> Rest { get; }

    /// <summary>The value of one of the workflow's own options, or its default.</summary>
    public T Get<T>(WorkflowOption<T> option)
    {
        ArgumentNullException.ThrowIfNull(option);
        return (T)(_values.GetValueOrDefault(option) ?? option.Default)!;
    }
}
