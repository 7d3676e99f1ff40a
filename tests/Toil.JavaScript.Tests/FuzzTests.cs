using Xunit;

namespace Toil.JavaScript.Tests;

public class FuzzTests
{
    private static readonly string[] Tokens =
    [
        "a", "b", "x", "f", "0", "1", "2.5", "'s'", "\"t\"", "`u${", "}`", "/r/g", "(", ")", "[", "]", "{", "}", ".", ",", ";", ":", "?", "?.", "=>", "=",
        "+", "-", "*", "**", "/", "%", "<", ">", "===", "!=", "&&", "||", "??", "!", "~", "++", "--", "+=", "??=", "...", "&", ">>>", "\n",
        "var", "let", "const", "function", "function*", "yield", "class", "extends", "super", "static", "get", "set", "#p", "new", "delete", "typeof",
        "void", "with", "Function", "in", "of", "instanceof", "if", "else", "for", "while", "do", "break", "continue", "return", "switch", "case", "default", "throw",
        "try", "catch", "finally", "this", "null", "true", "undefined", "arguments", "async", "await", "import", "Object", "Array", "String", "Math",
        "JSON", "Symbol", "Map", "Date", "RegExp", "length", "prototype", "constructor", "__proto__", "toString", "valueOf", "map", "sort", "splice",
    ];

    [Fact]
    public void TokenSoup_ParsedAndRun_EndsInAResultOrAScriptException()
    {
        var random = new Random(20261122);
        for (var i = 0; i < 4_000; i++)
        {
            RunSafely(string.Join(' ', Enumerable.Range(0, random.Next(1, 25)).Select(_ => Tokens[random.Next(Tokens.Length)])));
        }
    }

    /// <summary>Real snippets with pieces removed, doubled or swapped: more of them parse than of pure soup.</summary>
    [Fact]
    public void DamagedSnippets_ParsedAndRun_EndInAResultOrAScriptException()
    {
        var random = new Random(11);
        var sources = Corpus.Snippets().Select(static s => s.Source).ToList();
        for (var i = 0; i < 4_000; i++)
        {
            var source = sources[random.Next(sources.Count)];
            var other = sources[random.Next(sources.Count)];
            var from = random.Next(source.Length);
            var to = random.Next(from, Math.Min(source.Length, from + 8));
            RunSafely(random.Next(4) switch
            {
                0 => source.Remove(from, to - from),
                1 => source.Insert(from, source[from..to]),
                2 => source[..from] + other[random.Next(other.Length)..],
                _ => source[..from] + Tokens[random.Next(Tokens.Length)] + source[to..],
            });
        }
    }

    private static void RunSafely(string source)
    {
        try
        {
            new ScriptEngine(new ScriptLimits(TimeSpan.FromMilliseconds(100), Memory: 16 << 20, Depth: 100)).Evaluate(source, "soup");
        }
        catch (ScriptException e)
        {
            Assert.NotEqual("", e.Message);
        }
        catch (Exception e)
        {
            Assert.Fail($"{source}\n{e}");
        }
    }
}
