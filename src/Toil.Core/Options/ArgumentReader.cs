using System.Diagnostics.CodeAnalysis;

namespace Toil.Options;

/// <summary>An option as it was given, and the text of its value.</summary>
internal sealed record GivenOption(CommandLineOption Option, string Text);

/// <summary>A command line taken apart: nothing is interpreted yet.</summary>
/// <param name="Given">The options, in order.</param>
/// <param name="Positionals">What stands alone.</param>
/// <param name="Rest">What follows <c>--</c>.</param>
internal sealed record ReadArguments(IReadOnlyList<GivenOption> Given, IReadOnlyList<string> Positionals, IReadOnlyList<string> Rest);

/// <summary>Pairs option names with their values, in order: when an option is repeated the last one counts, as wrapper scripts rely on.</summary>
/// <remarks>
/// Not a general parser: names match whatever their case, <c>--logDebug</c> stands for another option with a value, and an unknown
/// name is answered with the nearest one, also where a general parser would take it for a positional argument.
/// </remarks>
internal sealed class ArgumentReader
{
    private readonly Dictionary<string, (CommandLineOption Option, string? Value)> _spellings = new(StringComparer.OrdinalIgnoreCase);

    public ArgumentReader(IEnumerable<CommandLineOption> options)
    {
        foreach (var option in options)
        {
            foreach (var spelling in option.Spellings)
            {
                Add(spelling, option, option.Shorthands.GetValueOrDefault(spelling));
            }
        }
    }

    /// <param name="arguments">The command line.</param>
    /// <param name="mostPositionals">How many arguments may stand alone; what follows the last of them isn't read, and is the rest.</param>
    /// <exception cref="UsageException">An option is unknown, or lacks its value.</exception>
    public ReadArguments Read(IReadOnlyList<string> arguments, int mostPositionals = int.MaxValue)
    {
        var given = new List<GivenOption>();
        var spellings = new SpellingCheck();
        var positionals = new List<string>();
        var index = 0;
        while (index < arguments.Count && arguments[index] != "--" && positionals.Count < mostPositionals)
        {
            var argument = arguments[index++];
            if (IsOption(argument))
            {
                var option = ReadOption(argument, arguments, ref index);
                spellings.Add(option.Option, argument.Split('=')[0], option.Text);
                given.Add(option);
            }
            else
            {
                positionals.Add(argument);
            }
        }

        return new ReadArguments(given, positionals, [.. arguments.Skip(index < arguments.Count && arguments[index] == "--" ? index + 1 : index)]);
    }

    /// <summary>Whether this is the spelling of one of the options.</summary>
    public bool Knows(string spelling) => _spellings.ContainsKey(spelling);

    // A lone dash and negative numbers are values.
    private static bool IsOption(string argument) =>
        argument.Length > 1 && argument[0] == '-' && !char.IsAsciiDigit(argument[1]) && argument[1] != '.';

    private GivenOption ReadOption(string argument, IReadOnlyList<string> arguments, ref int index)
    {
        var equals = argument.IndexOf('=');
        var name = equals < 0 ? argument : argument[..equals];
        if (!_spellings.TryGetValue(name, out var spelling))
        {
            throw Unknown(name);
        }

        var next = index < arguments.Count ? arguments[index] : null;
        if (spelling.Value is not null)
        {
            return equals < 0 ? new(spelling.Option, spelling.Value) : throw new UsageException($"{name} takes no value.");
        }

        if (equals >= 0)
        {
            return new(spelling.Option, argument[(equals + 1)..]);
        }

        if (TakesNext(spelling.Option, next))
        {
            index++;
            return new(spelling.Option, next);
        }

        return new(spelling.Option, spelling.Option.ImpliedValue ?? throw new UsageException($"{name} needs a value: {name} {spelling.Option.ValueName}."));
    }

    // A flag takes the next argument only when it can't be anything else, so that `--restart ./store` names a store.
    private static bool TakesNext(CommandLineOption option, [NotNullWhen(true)] string? next) =>
        next is not null && !IsOption(next) && (!option.IsFlag || bool.TryParse(next, out _));

    private void Add(string spelling, CommandLineOption option, string? value)
    {
        if (!_spellings.TryAdd(spelling, (option, value)))
        {
            throw new ArgumentException($"The option {spelling} is defined twice; options that every workflow has can't be defined again.");
        }
    }

    private UsageException Unknown(string name) => new(
        AbsentOptions.Explain(name)
        ?? (NearestName.Find(name, _spellings.Keys) is { } nearest
            ? $"There is no option {name}. Did you mean {nearest}?"
            : $"There is no option {name}; --help lists all options."));
}
