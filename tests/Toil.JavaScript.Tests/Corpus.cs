namespace Toil.JavaScript.Tests;

/// <summary>The snippets in the folder of this name: one a line, behind it what must come out.</summary>
internal static class Corpus
{
    private const string Separator = " //=> ";

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Corpus");

    public static IEnumerable<(string File, int Line, string Source, string Expected)> Snippets() =>
        from file in Directory.EnumerateFiles(Folder, "*.js").Order(StringComparer.Ordinal)
        from line in File.ReadLines(file).Index()
        let cut = line.Item.LastIndexOf(Separator, StringComparison.Ordinal)
        select (Path.GetFileName(file), line.Index + 1, line.Item[..cut], line.Item[(cut + Separator.Length)..]);

    /// <summary>What a snippet gives here, written as the snippets' files have it.</summary>
    public static string Outcome(string source)
    {
        var engine = new ScriptEngine(new ScriptLimits(TimeSpan.FromSeconds(20)));
        try
        {
            engine.SetGlobal("result", engine.Evaluate(source, "snippet"));
            return (string)engine.Evaluate("JSON.stringify(result)", "snippet")!;
        }
        catch (ScriptException e) when (e is not ScriptLimitException)
        {
            var colon = e.Message.IndexOf(": ", StringComparison.Ordinal);
            var name = colon < 0 ? e.Message : e.Message[..colon];
            return "throws " + (IsErrorName(name) ? name : "value");
        }
    }

    private static bool IsErrorName(string name) => name.EndsWith("Error", StringComparison.Ordinal) || name is "MyErr";
}
