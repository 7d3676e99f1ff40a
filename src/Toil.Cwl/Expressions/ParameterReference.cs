using System.Globalization;
using System.Text;

namespace Toil.Cwl.Expressions;

/// <summary>Names a part of what an expression sees, such as <c>inputs.reads[0].path</c>. CWL 1.2, section 3.4.</summary>
/// <param name="Root">The symbol that it begins with.</param>
/// <param name="Steps">Keys (<see cref="string"/>) and indices (<see cref="int"/>).</param>
internal sealed record ParameterReference(string Root, IReadOnlyList<object> Steps)
{
    /// <param name="text">What stands between the parentheses.</param>
    /// <returns>Null when it is something else.</returns>
    public static ParameterReference? TryParse(ReadOnlySpan<char> text)
    {
        var at = SymbolLength(text);
        if (at == 0)
        {
            return null;
        }

        var root = text[..at].ToString();
        var steps = new List<object>();
        while (at < text.Length)
        {
            var length = text[at] switch
            {
                '.' => ReadKey(text[at..], steps),
                '[' => ReadBrackets(text[at..], steps),
                _ => 0,
            };
            if (length == 0)
            {
                return null;
            }

            at += length;
        }

        return new ParameterReference(root, steps);
    }

    /// <returns>What is wrong, or null when it leads to <paramref name="value"/>.</returns>
    public string? Follow(in EvaluationScope scope, out object? value)
    {
        if (!scope.TryGet(Root, out value))
        {
            return Root == "null" && Steps.Count == 0 ? null : $"there is no '{Root}' here, only inputs, self and runtime";
        }

        for (var i = 0; i < Steps.Count; i++)
        {
            if (Take(value, i, out value) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private string? Take(object? from, int index, out object? value)
    {
        value = null;
        switch (Steps[index], from)
        {
            case (string key, OrderedDictionary<string, object?> map):
                return map.TryGetValue(key, out value) ? null : $"{Show(index)} has no '{key}'";
            case ("length", List<object?> list) when index == Steps.Count - 1:
                value = (long)list.Count;
                return null;
            case (int at, List<object?> list):
                if (at >= list.Count)
                {
                    return string.Create(CultureInfo.InvariantCulture, $"{Show(index)} has {list.Count} items, so there is none at [{at}]");
                }

                value = list[at];
                return null;
            case (string key, _):
                return $"{Show(index)} is {ValueWords.Describe(from)}, which has no '{key}'";
            default:
                return $"{Show(index)} is {ValueWords.Describe(from)}, not a list";
        }
    }

    /// <summary>The reference up to a step.</summary>
    private string Show(int end)
    {
        var text = new StringBuilder(Root);
        foreach (var step in Steps.Take(end))
        {
            text.Append(step is string key ? $".{key}" : string.Create(CultureInfo.InvariantCulture, $"[{step}]"));
        }

        return text.ToString();
    }

    private static int SymbolLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && (char.IsLetterOrDigit(text[length]) || text[length] == '_'))
        {
            length++;
        }

        return length;
    }

    private static int ReadKey(ReadOnlySpan<char> text, List<object> steps)
    {
        var length = SymbolLength(text[1..]);
        if (length == 0)
        {
            return 0;
        }

        steps.Add(text.Slice(1, length).ToString());
        return length + 1;
    }

    /// <returns>How much it took, or 0 when it is no index or quoted key.</returns>
    private static int ReadBrackets(ReadOnlySpan<char> text, List<object> steps)
    {
        if (text.Length > 1 && text[1] is '\'' or '"')
        {
            return ReadQuoted(text, steps);
        }

        var end = text.IndexOf(']');
        if (end < 0 || !int.TryParse(text[1..end], NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return 0;
        }

        steps.Add(index);
        return end + 1;
    }

    private static int ReadQuoted(ReadOnlySpan<char> text, List<object> steps)
    {
        var quote = text[1];
        var key = new StringBuilder();
        for (var i = 2; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '\'' or '"')
            {
                key.Append(text[++i]);
            }
            else if (text[i] != quote)
            {
                key.Append(text[i]);
            }
            else if (i + 1 < text.Length && text[i + 1] == ']')
            {
                steps.Add(key.ToString());
                return i + 2;
            }
            else
            {
                return 0;
            }
        }

        return 0;
    }
}
