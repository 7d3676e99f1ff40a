using System.Globalization;
using System.Text.RegularExpressions;

namespace Toil.Integration.Tests.Grid.Fakes;

/// <summary>
/// The part of the ClassAd language that submit descriptions and constraints of this project need: "HTCondor's ClassAd mechanism"
/// (https://htcondor.readthedocs.io/en/latest/classads/classad-mechanism.html). Values are long, bool, string, or null for UNDEFINED.
/// </summary>
internal sealed partial class ClassAdExpression
{
    private static readonly string[][] Levels = [["||"], ["&&"], ["=?=", "=!=", "==", "!="], ["<=", ">=", "<", ">"], ["+", "-"], ["*", "/", "%"]];

    private readonly List<string> _words;
    private readonly IReadOnlyDictionary<string, object?> _attributes;
    private int _next;

    private ClassAdExpression(string text, IReadOnlyDictionary<string, object?> attributes)
    {
        _words = [.. Word().Matches(text).Select(match => match.Value)];
        _attributes = attributes;
    }

    /// <exception cref="FakeRefusal">It is none.</exception>
    public static object? Evaluate(string text, IReadOnlyDictionary<string, object?> attributes)
    {
        var expression = new ClassAdExpression(text, attributes);
        var value = expression.Binary(0);
        return expression._next == expression._words.Count ? value : throw expression.Error();
    }

    private object? Binary(int level)
    {
        if (level == Levels.Length)
        {
            return Unary();
        }

        var left = Binary(level + 1);
        while (_next < _words.Count && Levels[level].Contains(_words[_next]))
        {
            var sign = _words[_next++];
            left = Apply(sign, left, Binary(level + 1));
        }

        return left;
    }

    private static object? Apply(string sign, object? left, object? right) => (sign, left, right) switch
    {
        ("=?=", _, _) => Equals(left, right),
        ("=!=", _, _) => !Equals(left, right),
        ("&&", false, _) or ("&&", _, false) => false,
        ("||", true, _) or ("||", _, true) => true,
        (_, null, _) or (_, _, null) => null,
        ("&&", _, _) => left is true && right is true,
        ("||", _, _) => left is true || right is true,
        // Strings are compared without regard to case.
        ("==", string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase),
        ("!=", string a, string b) => !a.Equals(b, StringComparison.OrdinalIgnoreCase),
        ("==", _, _) => Equals(left, right),
        ("!=", _, _) => !Equals(left, right),
        ("<", long a, long b) => a < b,
        (">", long a, long b) => a > b,
        ("<=", long a, long b) => a <= b,
        (">=", long a, long b) => a >= b,
        ("+", long a, long b) => a + b,
        ("-", long a, long b) => a - b,
        ("*", long a, long b) => a * b,
        ("/", long a, long b) => a / b,
        ("%", long a, long b) => a % b,
        _ => throw new FakeRefusal($"ERROR: {left} {sign} {right}"),
    };

    private object? Unary()
    {
        var word = _next < _words.Count ? _words[_next++] : throw Error();
        switch (word)
        {
            case "!":
                return Unary() is bool not ? !not : null;
            case "-":
                return Unary() is long number ? -number : null;
            case "(":
                var inner = Binary(0);
                return _words.ElementAtOrDefault(_next++) == ")" ? inner : throw Error();
        }

        return word[0] == '"' ? word[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal)
            : char.IsAsciiDigit(word[0]) ? long.Parse(word, CultureInfo.InvariantCulture)
            : _words.ElementAtOrDefault(_next) == "(" ? Call(word)
            : word.ToUpperInvariant() switch
            {
                "TRUE" => true,
                "FALSE" => false,
                "UNDEFINED" => null,
                _ => _attributes.FirstOrDefault(one => one.Key.Equals(word.Replace("MY.", "", StringComparison.OrdinalIgnoreCase), StringComparison.OrdinalIgnoreCase)).Value,
            };
    }

    private object? Call(string function)
    {
        _next++;
        var arguments = new List<object?>();
        while (_words.ElementAtOrDefault(_next) != ")")
        {
            arguments.Add(Binary(0));
            _next += _words.ElementAtOrDefault(_next) == "," ? 1 : 0;
        }

        _next++;
        return (function.ToLowerInvariant(), arguments) switch
        {
            ("time", []) => DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
            ("regexp", [string pattern, string target, ..]) => Regex.IsMatch(target, pattern),
            ("ifthenelse", [var condition, var yes, var no]) => condition is true ? yes : no,
            ("isundefined", [var value]) => value is null,
            ("stringlistmember", [string member, string list, ..]) => list.Split(',', ' ').Contains(member),
            _ => throw new FakeRefusal($"ERROR: Failed to parse expression: {function}()"),
        };
    }

    private FakeRefusal Error() => new($"ERROR: Failed to parse expression: {string.Join(' ', _words)}");

    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"|=\?=|=!=|[=!<>]=|&&|\|\||[\w.]+|[^\s\w]
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Word();
}
