using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace Toil.JavaScript.Tests;

public class CorpusTests
{
    public static TheoryData<string> Files() =>
        [.. Directory.EnumerateFiles(Corpus.Folder, "*.js").Select(static file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Snippet_Evaluated_GivesWhatItsLineSays(string file)
    {
        var wrong = Corpus.Snippets().Where(snippet => snippet.File == file)
            .Select(static snippet => (snippet, Actual: Corpus.Outcome(snippet.Source)))
            .Where(static e => e.Actual != e.snippet.Expected)
            .Select(static e => $"{e.snippet.File}:{e.snippet.Line}: {e.snippet.Source}\n  expected {e.snippet.Expected}\n  but got  {e.Actual}").ToList();

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Snippets_EvaluatedByNode_GiveTheSame()
    {
        using var node = StartNode();
        Assert.SkipWhen(node is null, "node isn't on PATH: the engine was not compared with it.");
        var snippets = Corpus.Snippets().ToList();

        var output = node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.StandardInput.WriteAsync(JsonSerializer.Serialize(snippets.Select(static s => s.Source)));
        node.StandardInput.Close();
        var outcomes = JsonSerializer.Deserialize<string[]>(await output)!;

        var different = snippets.Zip(outcomes).Where(static pair => Corpus.Outcome(pair.First.Source) != pair.Second)
            .Select(static pair => $"{pair.First.Source}: node gives {pair.Second}").ToList();
        Assert.True(different.Count == 0, string.Join('\n', different));
    }

    private static Process? StartNode()
    {
        try
        {
            return Process.Start(new ProcessStartInfo("node", [Path.Combine(Corpus.Folder, "evaluate.cjs")])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
