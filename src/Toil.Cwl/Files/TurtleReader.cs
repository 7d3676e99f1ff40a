namespace Toil.Cwl.Files;

/// <summary>Reads the statements between named things of a Turtle document; literals and nameless things are passed over.</summary>
/// <param name="text">The document.</param>
internal sealed class TurtleReader(string text)
{
    private readonly Dictionary<string, string> _prefixes = [];
    private int _at;

    /// <returns>Subject, predicate and object of each.</returns>
    public IEnumerable<(string Subject, string Predicate, string Value)> Read()
    {
        var statement = new List<string>();
        while (Next() is { } token)
        {
            if (token is "." && statement is ["@prefix" or "PREFIX", var prefix, var uri])
            {
                _prefixes[prefix] = uri;
            }
            else if (statement.Count >= 3 && token is "." or ";" or ",")
            {
                yield return (Expand(statement[0]), Expand(statement[1]), Expand(statement[2]));
            }

            switch (token)
            {
                case ".": statement.Clear(); break;
                case ";": Cut(statement, 1); break;
                case ",": Cut(statement, 2); break;
                default: statement.Add(token); break;
            }
        }
    }

    private static void Cut(List<string> statement, int length) => statement.RemoveRange(Math.Min(length, statement.Count), Math.Max(0, statement.Count - length));

    private string Expand(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return colon >= 0 && _prefixes.TryGetValue(name[..(colon + 1)], out var meaning) ? meaning + name[(colon + 1)..] : name;
    }

    private string? Next()
    {
        SkipBlank();
        if (_at >= text.Length)
        {
            return null;
        }

        return text[_at] switch
        {
            '<' => Take('>'),
            '"' or '\'' => TakeLiteral(text[_at]),
            '.' or ';' or ',' or '[' or ']' or '(' or ')' => text[_at++].ToString(),
            _ => TakeName(),
        };
    }

    private void SkipBlank()
    {
        while (_at < text.Length && (char.IsWhiteSpace(text[_at]) || text[_at] == '#'))
        {
            _at = text[_at] != '#' ? _at + 1 : text.IndexOf('\n', _at) is >= 0 and var end ? end : text.Length;
        }
    }

    private string Take(char close)
    {
        var end = text.IndexOf(close, _at);
        end = end < 0 ? text.Length : end;
        var token = text[(_at + 1)..end];
        _at = end + 1;
        return token;
    }

    private string TakeLiteral(char quote)
    {
        var mark = text.AsSpan(_at).StartsWith(new string(quote, 3)) ? new string(quote, 3) : quote.ToString();
        for (_at += mark.Length; _at < text.Length && !text.AsSpan(_at).StartsWith(mark); _at++)
        {
            _at += text[_at] == '\\' ? 1 : 0;
        }

        _at = Math.Min(text.Length, _at + mark.Length);
        return "";
    }

    /// <summary>A dot ends a statement unless a name goes on behind it.</summary>
    private string TakeName()
    {
        var start = _at;
        while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && ";,[]()\"'<".IndexOf(text[_at], StringComparison.Ordinal) < 0
            && (text[_at] != '.' || (_at + 1 < text.Length && !char.IsWhiteSpace(text[_at + 1]))))
        {
            _at++;
        }

        return text[start..Math.Max(_at, start)];
    }
}
