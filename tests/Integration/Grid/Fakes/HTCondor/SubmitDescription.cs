using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Toil.Integration.Tests.Grid.Fakes;

/// <summary>
/// A submit description: "condor_submit" (https://htcondor.readthedocs.io/en/latest/man-pages/condor_submit.html), with macros, <c>$INT()</c>,
/// the new syntax of arguments, and attributes of one's own.
/// </summary>
internal sealed partial class SubmitDescription
{
    private readonly Dictionary<string, string> _commands = new(StringComparer.OrdinalIgnoreCase);

    public SubmitDescription(string text)
    {
        // A backslash at its end continues a line.
        foreach (var line in text.Replace("\\\n", "", StringComparison.Ordinal).Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line.Split(' ')[0].Equals("queue", StringComparison.OrdinalIgnoreCase))
            {
                var count = line[5..].Trim();
                Count = count.Length == 0 ? 1 : int.Parse(Expand(count, 0, 0), CultureInfo.InvariantCulture);
            }
            else
            {
                var sign = line.IndexOf('=', StringComparison.Ordinal);
                _ = sign < 0 ? throw new FakeRefusal($"ERROR: Parse error in submit description: {line}") : _commands[line[..sign].Trim()] = line[(sign + 1)..].Trim();
            }
        }
    }

    /// <summary>How many jobs; 0 without a queue command.</summary>
    public int Count { get; }

    /// <summary>The attributes that the user adds, as expressions.</summary>
    public IEnumerable<KeyValuePair<string, string>> Own(int cluster, int process) => _commands
        .Where(one => one.Key[0] == '+' || one.Key.StartsWith("MY.", StringComparison.OrdinalIgnoreCase))
        .Select(one => KeyValuePair.Create(one.Key.TrimStart('+').Replace("MY.", "", StringComparison.OrdinalIgnoreCase), Expand(one.Value, cluster, process)));

    /// <summary>What a command says; null without it.</summary>
    public string? Of(string command, int cluster, int process) => _commands.TryGetValue(command, out var value) ? Expand(value, cluster, process) : null;

    /// <summary>Takes the new syntax apart: in double quotes, spaces between, single quotes around what has spaces, either quote doubled.</summary>
    public static IReadOnlyList<string> Arguments(string? text)
    {
        if (text is not { Length: > 1 } || text[0] != '"')
        {
            return text is null ? [] : text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }

        if (text[^1] != '"')
        {
            throw new FakeRefusal($"ERROR: Missing terminal double quote in arguments: {text}");
        }

        var (words, word, isQuoted, isOpen) = (new List<string>(), new StringBuilder(), false, false);
        var inner = text[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal);
        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] == '\'' && isQuoted && i + 1 < inner.Length && inner[i + 1] == '\'')
            {
                word.Append(inner[++i]);
            }
            else if (inner[i] == '\'')
            {
                (isQuoted, isOpen) = (!isQuoted, true);
            }
            else if (inner[i] is ' ' or '\t' && !isQuoted)
            {
                Close();
            }
            else
            {
                word.Append(inner[i]);
                isOpen = true;
            }
        }

        Close();
        return words;

        void Close()
        {
            if (isOpen)
            {
                words.Add(word.ToString());
            }

            word.Clear();
            isOpen = false;
        }
    }

    private string Expand(string text, int cluster, int process)
    {
        var depth = 0;
        for (var next = Macro().Match(text); next.Success; next = Macro().Match(text))
        {
            if (depth++ > 100)
            {
                throw new FakeRefusal($"ERROR: Macro {text} refers to itself.");
            }

            var name = next.Groups["name"].Value;
            var value = name.ToUpperInvariant() switch
            {
                "CLUSTER" or "CLUSTERID" => $"{cluster}",
                "PROCESS" or "PROCID" => $"{process}",
                "DOLLAR" => "\u0001",
                _ => _commands.GetValueOrDefault(name, next.Groups["default"].Value),
            };
            if (next.Groups["function"].Value == "INT")
            {
                var expression = _commands.ContainsKey(name) ? value : name;
                value = $"{ClassAdExpression.Evaluate(Expand(expression, cluster, process), new Dictionary<string, object?>())}";
            }

            text = text[..next.Index] + value + text[(next.Index + next.Length)..];
        }

        return text.Replace('\u0001', '$');
    }

    [GeneratedRegex(@"\$(?<function>INT)?\((?<name>[^():]+)(?::(?<default>[^()]*))?\)")]
    private static partial Regex Macro();
}
