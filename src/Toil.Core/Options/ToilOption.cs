using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Toil.Options;

/// <summary>One of the engine's own options: everything that command line, cmdlets, environment and help need to know of it.</summary>
internal abstract partial class ToilOption(string name, OptionGroup group, string help) : CommandLineOption(name, help)
{
    public OptionGroup Group { get; } = group;

    /// <summary>The environment variable that sets it where the command line doesn't; null for options that belong to one run.</summary>
    public string? EnvironmentVariable { get; init; } = EnvironmentNameOf(name);

    /// <summary>The environment variable by which a node's owner overrules the command line; null for nearly all.</summary>
    public string? OverrideVariable { get; init; }

    /// <summary>The option's name without dashes, as JSON and <c>toil.yaml</c> have it.</summary>
    public string Key => Name.TrimStart('-');

    /// <summary>The name of the cmdlet parameter.</summary>
    public string ParameterName => ParameterNameOf(Name);

    /// <summary>The default as it may be written; empty where it depends on the machine, or there is none.</summary>
    public abstract string DefaultValueText { get; }

    /// <summary>Whether its value is a path.</summary>
    public abstract bool IsPath { get; }

    /// <summary>A text about options, with their names as cmdlets have them: <c>--logFile</c> becomes <c>-LogFile</c>.</summary>
    public static string ForCmdlets(string text) => OptionName().Replace(text, name => $"-{ParameterNameOf(name.Value)}");

    /// <summary>A spelling as the name of a cmdlet parameter.</summary>
    public static string ParameterNameOf(string spelling)
    {
        var key = spelling.TrimStart('-').Replace("_", "", StringComparison.Ordinal);
        return char.ToUpperInvariant(key[0]) + key[1..];
    }

    /// <summary>Sets it from text.</summary>
    /// <param name="options">What to change.</param>
    /// <param name="text">The value as written.</param>
    /// <param name="source">Where it was written, for the error; the option's name when null.</param>
    /// <exception cref="UsageException">The text isn't a value that it takes.</exception>
    public abstract void Set(ToilOptions options, string text, string? source = null);

    /// <summary>Sets it from a value of its own type or one that is written alike; dictionaries and lists set repeatable options.</summary>
    public void Assign(ToilOptions options, object value)
    {
        foreach (var item in ItemsOf(value))
        {
            Set(options, TextOf(item), $"-{ParameterName}");
        }
    }

    public abstract bool IsDefault(ToilOptions options);

    /// <summary>Makes a relative path absolute; other values stay as they are.</summary>
    public abstract void ResolvePath(ToilOptions options, string directory);

    // As text, so that a value is checked alike wherever it comes from. A size's own text is rounded, and a time's has no suffix.
    private static string TextOf(object value) => value switch
    {
        ByteSize size => size.Bytes.ToString(CultureInfo.InvariantCulture),
        TimeSpan time => time.TotalSeconds.ToString("0.#######", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static IEnumerable<object> ItemsOf(object value) => value switch
    {
        string text => [text],
        IDictionary map => map.Keys.Cast<object>().Select(key => $"{key}={map[key]}"),
        IEnumerable list => list.Cast<object>(),
        _ => [value],
    };

    [GeneratedRegex(@"--\w+")]
    private static partial Regex OptionName();

    // The manual's rule for most of its variables: --kubernetesHostPath is TOIL_KUBERNETES_HOST_PATH. A plain loop: every start does this.
    private static string EnvironmentNameOf(string name)
    {
        var variable = new StringBuilder("TOIL_", 64);
        foreach (var letter in name.AsSpan().TrimStart('-'))
        {
            if (char.IsAsciiLetterUpper(letter))
            {
                variable.Append('_');
            }

            variable.Append(char.ToUpperInvariant(letter));
        }

        return variable.ToString();
    }
}

/// <inheritdoc/>
internal class ToilOption<T>(
    string name, OptionGroup group, ValueSyntax<T> syntax, Func<ToilOptions, object?> get, Action<ToilOptions, T> set, string help)
    : ToilOption(name, group, help)
    where T : notnull
{
    private static readonly ToilOptions Defaults = new();

    /// <summary>Replaces the default's text where it depends on the machine or isn't a value.</summary>
    public string? DefaultNote { get; init; }

    internal override Type ValueType => typeof(T);

    internal override string ValueName => syntax.Name;

    internal override string DefaultText => DefaultNote ?? (DefaultValueText == "False" ? "" : DefaultValueText);

    public override string DefaultValueText => DefaultNote is null && get(Defaults) is T value ? syntax.Format(value) : "";

    public override bool IsPath => ReferenceEquals(syntax, ValueSyntaxes.FilePath);

    public override bool IsDefault(ToilOptions options) => Equals(get(options), get(Defaults));

    public override void ResolvePath(ToilOptions options, string directory)
    {
        if (IsPath && get(options) is string path)
        {
            Set(options, Path.GetFullPath(path, directory));
        }
    }

    public override void Set(ToilOptions options, string text, string? source = null) =>
        set(options, syntax.TryParse(text, out var value)
            ? value
            : throw new UsageException($"{source ?? Name}: '{text}' is not valid; expected {syntax.Allowed}."));
}
