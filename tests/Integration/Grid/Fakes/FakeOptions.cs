namespace Toil.Integration.Tests.Grid.Fakes;

/// <summary>A command line of options with one dash. What the command's manual doesn't name is refused, as the command does.</summary>
internal sealed class FakeOptions
{
    private readonly List<(string Name, string Value)> _options = [];

    private FakeOptions()
    {
    }

    public List<string> Operands { get; } = [];

    /// <param name="arguments">The command line.</param>
    /// <param name="valued">The options that have a value, with spaces between.</param>
    /// <param name="flags">Those that have none.</param>
    /// <param name="operandsEnd">Whether everything after the first operand is one, too.</param>
    /// <param name="refuse">What the command says of an unknown option.</param>
    public static FakeOptions Parse(IReadOnlyList<string> arguments, string valued, string flags, bool operandsEnd, Func<string, FakeRefusal> refuse)
    {
        var options = new FakeOptions();
        for (var i = 0; i < arguments.Count; i++)
        {
            var word = arguments[i];
            var name = word.Length > 1 && word[0] == '-' && (options.Operands.Count == 0 || !operandsEnd) ? word[1..] : null;
            if (name is null)
            {
                options.Operands.Add(word);
            }
            else if (flags.Split(' ').Contains(name))
            {
                options._options.Add((name, ""));
            }
            else if (valued.Split(' ').Contains(name) && i + 1 < arguments.Count)
            {
                options._options.Add((name, arguments[++i]));
            }
            else
            {
                throw refuse(name);
            }
        }

        return options;
    }

    public bool Has(string name) => _options.Exists(option => option.Name == name);

    /// <summary>The last value of an option; null when it isn't given.</summary>
    public string? this[string name] => All(name).LastOrDefault();

    public IEnumerable<string> All(string name) => _options.Where(option => option.Name == name).Select(option => option.Value);

    /// <summary>The numbers in a list of ranges: <c>1-3,7,10-20:5</c>.</summary>
    public static IEnumerable<int> Ranges(string text)
    {
        foreach (var range in text.Split(','))
        {
            var parts = range.Split('-', ':').Select(int.Parse).ToList();
            var last = range.Contains('-', StringComparison.Ordinal) ? parts[1] : parts[0];
            for (var i = parts[0]; i <= last; i += parts.Count > 2 ? parts[2] : 1)
            {
                yield return i;
            }
        }
    }
}
