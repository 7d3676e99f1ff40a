namespace Toil.Options;

/// <summary>An option that a workflow's own program declares beside the engine's.</summary>
public abstract class WorkflowOption : CommandLineOption
{
    private protected WorkflowOption(string name, string help) : base(name, help)
    {
    }

    /// <summary>Reads a value as written.</summary>
    internal abstract object? Parse(string text);

    internal abstract object? Default { get; }
}

/// <summary>An option of a workflow's own with values of one type.</summary>
/// <typeparam name="T">string, bool, int, long, double, <see cref="ByteSize"/> or an enum; or one of the latter made nullable, for an option that may be left out.</typeparam>
public sealed class WorkflowOption<T> : WorkflowOption
{
    private readonly ValueSyntax<T> _syntax = WorkflowOptionSyntax.Of<T>();
    private readonly T _default;

    internal WorkflowOption(string name, T defaultValue, string help) : base(name, help)
    {
        if (!name.StartsWith("--", StringComparison.Ordinal) || name.Length < 3)
        {
            throw new ArgumentException($"'{name}' can't name an option: write two dashes and a name, such as --numLines.", nameof(name));
        }

        _default = defaultValue;
        ImpliedValue = IsFlag ? "True" : null;
    }

    internal override Type ValueType => Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);

    internal override string ValueName => _syntax.Name;

    internal override string DefaultText => _default is null or false ? "" : _syntax.Format(_default);

    internal override object? Default => _default;

    internal override object? Parse(string text) => _syntax.TryParse(text, out var value)
        ? value
        : throw new UsageException($"{Name}: '{text}' is not valid; expected {_syntax.Allowed}.");
}
