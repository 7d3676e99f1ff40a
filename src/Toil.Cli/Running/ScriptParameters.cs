using System.Text.RegularExpressions;

namespace Toil.Cli.Running;

/// <summary>How a script is called.</summary>
/// <param name="Names">The parameters that are given by name.</param>
/// <param name="Arguments">All arguments as PowerShell writes them.</param>
internal sealed record ScriptCall(IReadOnlyList<string> Names, IReadOnlyList<string> Arguments);

/// <summary>Translates <c>--name value</c> into the parameters of a PowerShell call.</summary>
internal static partial class ScriptParameters
{
    /// <summary>The names, and the arguments of the call. Both are safe to stand in a script: values are quoted, names are plain. A repeated name becomes a list.</summary>
    /// <exception cref="UsageException">A name can't be that of a parameter.</exception>
    public static ScriptCall Translate(IReadOnlyList<string> arguments)
    {
        var positionals = new List<string>();
        var named = new Dictionary<string, List<string>>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal))
            {
                positionals.Add(Quote(arguments[i]));
                continue;
            }

            var parts = arguments[i].Split('=', 2);
            var hasNext = i + 1 < arguments.Count && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal);
            var value = parts.Length == 2 ? parts[1] : hasNext ? arguments[++i] : "True";
            Add(named, NameOf(parts[0]), Literal(value));
        }

        return new ScriptCall([.. named.Keys], [.. named.Select(entry => $"-{entry.Key}:{string.Join(',', entry.Value)}"), .. positionals]);
    }

    /// <summary>A string literal. PowerShell takes typographic quotes for quotes as well, so these are doubled too.</summary>
    public static string Quote(string text) => $"'{Quotes().Replace(text, "$0$0")}'";

    // PowerShell turns no text into a switch or a bool; where a script wants text, it gets True or False.
    private static string Literal(string value) => bool.TryParse(value, out var flag) ? (flag ? "$true" : "$false") : Quote(value);

    private static void Add(Dictionary<string, List<string>> named, string name, string literal)
    {
        if (!named.TryGetValue(name, out var values))
        {
            named[name] = values = [];
        }

        values.Add(literal);
    }

    private static string NameOf(string argument)
    {
        var name = argument[2..].Replace("-", "", StringComparison.Ordinal);
        return Name().IsMatch(name) ? name : throw new UsageException($"'{argument}' can't be the name of a script parameter.");
    }

    [GeneratedRegex("['‘’‚‛]")]
    private static partial Regex Quotes();

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex Name();
}
