using System.Collections.ObjectModel;

namespace Toil.Options;

/// <summary>An option as command lines see it: its spellings, the shape of its value and its line of help.</summary>
public abstract class CommandLineOption
{
    private protected CommandLineOption(string name, string help)
    {
        Name = name;
        Help = help;
    }

    /// <summary>The spelling that help shows, with its dashes: <c>--retryCount</c>. Case doesn't matter when it is given.</summary>
    public string Name { get; }

    /// <summary>What it does, in one line.</summary>
    public string Help { get; }

    /// <summary>Other spellings of the name. Help shows single letters only.</summary>
    internal IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Spellings that stand for the option and a value: <c>--logDebug</c> is <c>--logLevel DEBUG</c>.</summary>
    internal IReadOnlyDictionary<string, string> Shorthands { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The value meant when none is written; null when one must be written.</summary>
    internal string? ImpliedValue { get; init; }

    /// <summary>Whether it may be given several times, each adding to the others; otherwise the last one counts.</summary>
    internal bool IsRepeatable { get; init; }

    internal abstract Type ValueType { get; }

    /// <summary>What help calls the value.</summary>
    internal abstract string ValueName { get; }

    /// <summary>What help gives as the default; empty for none.</summary>
    internal abstract string DefaultText { get; }

    /// <summary>Everything that a command line may call it.</summary>
    internal IEnumerable<string> Spellings => Aliases.Count + Shorthands.Count == 0 ? [Name] : [Name, .. Aliases, .. Shorthands.Keys];

    internal bool IsFlag => ValueType == typeof(bool);
}
