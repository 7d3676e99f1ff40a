using System.Globalization;
using System.Text;

namespace Toil.JavaScript.BuiltIns;

/// <summary>One pass over a pattern. Parts: its structure here, escapes, character classes.</summary>
internal sealed partial class RegexTranslator(string source, string flags)
{
    private const string LineEnds = "\\n\\r\\u2028\\u2029";
    private const string Pair = "[\\ud800-\\udbff][\\udc00-\\udfff]";

    private readonly StringBuilder result = new();
    private readonly List<string?> groupNames = [];
    private readonly bool unicode = flags.Contains('u');
    private int position;
    private int nextGroup;

    /// <summary>Whether what was just written can be repeated.</summary>
    private bool repeatable;

    public IReadOnlyList<string?> GroupNames => groupNames;

    public string Translate()
    {
        FindGroups();
        var depth = 0;
        while (position < source.Length)
        {
            var c = source[position++];
            switch (c)
            {
                case '\\':
                    TranslateEscape();
                    break;
                case '[':
                    TranslateClass();
                    break;
                case '(':
                    depth++;
                    TranslateGroup();
                    break;
                case ')':
                    depth--;
                    Append(")", depth < 0 ? throw new FormatException("unmatched ')'") : true);
                    break;
                case '|':
                    Append("|", false);
                    break;
                case '*' or '+' or '?' or '{':
                    TranslateQuantifier(c);
                    break;
                case '^':
                    Append(flags.Contains('m') ? $"(?<=\\A|[{LineEnds}])" : "\\A", false);
                    break;
                case '$':
                    Append(flags.Contains('m') ? $"(?=[{LineEnds}]|\\z)" : "\\z", false);
                    break;
                case '.':
                    TranslateDot();
                    break;
                default:
                    TranslateLiteral(c);
                    break;
            }
        }
        return depth == 0 ? result.ToString() : throw new FormatException("unterminated group");
    }

    private void Append(string text, bool canRepeat)
    {
        result.Append(text);
        repeatable = canRepeat;
    }

    private char Peek(int ahead = 0) => position + ahead < source.Length ? source[position + ahead] : '\0';

    /// <summary>Counts the capturing groups and learns their names: references may come before them.</summary>
    private void FindGroups()
    {
        var inClass = false;
        for (var i = 0; i < source.Length; i++)
        {
            var c = source[i];
            if (c == '\\')
            {
                i++;
            }
            else if (inClass || c == '[')
            {
                inClass = c != ']';
            }
            else if (c == '(')
            {
                var named = i + 3 < source.Length && source[i + 1] == '?' && source[i + 2] == '<' && source[i + 3] is not ('=' or '!');
                if (named || i + 1 >= source.Length || source[i + 1] != '?')
                {
                    AddGroup(named ? NameAt(i + 3) : null);
                }
            }
        }
    }

    private void AddGroup(string? name)
    {
        if (name is not null && groupNames.Contains(name))
        {
            throw new FormatException($"there are two groups named '{name}'");
        }
        groupNames.Add(name);
    }

    private string NameAt(int start)
    {
        var end = source.IndexOf('>', start);
        var name = end < 0 ? "" : source[start..end];
        return name.Length > 0 && Lexer.IsNameStart(name[0]) && name.All(Lexer.IsNamePart) ? name : throw new FormatException("invalid name of a group");
    }

    private void TranslateGroup()
    {
        if (Peek() != '?')
        {
            // Numbered by name: .NET would count groups without a name first.
            Append(string.Create(CultureInfo.InvariantCulture, $"(?<{++nextGroup}>"), false);
            return;
        }
        var rest = source.AsSpan(position);
        var kind = rest.StartsWith("?:") ? "?:" : rest.StartsWith("?=") ? "?=" : rest.StartsWith("?!") ? "?!"
            : rest.StartsWith("?<=") ? "?<=" : rest.StartsWith("?<!") ? "?<!" : null;
        if (kind is not null)
        {
            position += kind.Length;
            Append("(" + kind, false);
            return;
        }
        if (!rest.StartsWith("?<"))
        {
            throw new FormatException("invalid group");
        }
        position += 2 + NameAt(position + 2).Length + 1;
        Append(string.Create(CultureInfo.InvariantCulture, $"(?<{++nextGroup}>"), false);
    }

    private void TranslateQuantifier(char c)
    {
        var text = c.ToString();
        if (c == '{')
        {
            if (QuantifierAt(position - 1) is not { } quantifier)
            {
                Append("\\{", unicode ? throw new FormatException("incomplete quantifier") : true);
                return;
            }
            text = quantifier.Text;
            position += quantifier.Length - 1;
        }
        if (!repeatable)
        {
            throw new FormatException("nothing to repeat");
        }
        if (Peek() == '?')
        {
            position++;
            text += "?";
        }
        Append(text, false);
    }

    private (string Text, int Length)? QuantifierAt(int start)
    {
        var end = source.IndexOf('}', start);
        if (end < 0)
        {
            return null;
        }
        var parts = source[(start + 1)..end].Split(',');
        var valid = parts.Length <= 2 && parts[0].Length > 0 && parts.All(static p => p.All(char.IsAsciiDigit));
        if (!valid)
        {
            return null;
        }
        // Counts beyond what .NET can hold are as good as endless.
        var least = Math.Min(ParseCount(parts[0]), int.MaxValue - 1);
        var most = parts.Length == 1 ? least : parts[1].Length == 0 ? long.MaxValue : ParseCount(parts[1]);
        if (most < least)
        {
            throw new FormatException("numbers out of order in {} quantifier");
        }
        var bounds = most >= int.MaxValue ? $"{{{least},}}" : $"{{{least},{most}}}";
        return (bounds, end - start + 1);
    }

    private static long ParseCount(string digits) => digits.Length > 12 ? long.MaxValue - 1 : long.Parse(digits, CultureInfo.InvariantCulture);

    private void TranslateDot()
    {
        var all = flags.Contains('s');
        var unit = all ? "[\\s\\S]" : $"[^{LineEnds}]";
        Append(unicode ? $"(?:{Pair}|{unit})" : unit, true);
    }

    private void TranslateLiteral(char c)
    {
        if (unicode && c is ']' or '}')
        {
            throw new FormatException("lone quantifier brackets");
        }
        if (unicode && char.IsHighSurrogate(c) && char.IsLowSurrogate(Peek()))
        {
            Append($"(?:{Unit(c)}{Unit(source[position++])})", true);
            return;
        }
        Append(char.IsLetterOrDigit(c) ? c.ToString() : Unit(c), true);
    }

    private static string Unit(int unit) => string.Create(CultureInfo.InvariantCulture, $"\\u{unit:x4}");
}
