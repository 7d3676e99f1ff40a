using System.Text;
using Toil.Cwl.Loading;
using Xunit;

namespace Toil.Cwl.Tests.Loading;

/// <summary>Documents made to hurt end in an error that says why, soon and without much memory.</summary>
public class HostileDocumentTests
{
    private const string Head = "cwlVersion: v1.2\nclass: CommandLineTool\ninputs: []\noutputs: []\nbaseCommand: echo\n";

    [Fact]
    public async Task Load_AliasBomb_IsTooLarge()
    {
        var bomb = new StringBuilder(Head).Append("hints:\n  a: &a [x,x,x,x,x,x,x,x,x,x]\n");
        for (var letter = 'b'; letter < 'k'; letter++)
        {
            bomb.Append($"  {letter}: &{letter} [{string.Join(',', Enumerable.Repeat($"*{(char)(letter - 1)}", 10))}]\n");
        }

        await RefusesAsync(MemoryDocuments.Of(bomb.ToString()), "too large");
    }

    [Fact]
    public async Task Load_ImportBomb_IsTooLarge()
    {
        var documents = MemoryDocuments.Of(Head + "hints: {$import: i0.yml}\n");
        for (var i = 0; i < 30; i++)
        {
            documents[$"i{i}.yml"] = $"[{{$import: i{i + 1}.yml}}, {{$import: i{i + 1}.yml}}]";
        }

        documents["i30.yml"] = "[1, 2, 3]";
        await RefusesAsync(documents, "too large");
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    public async Task Load_DeepNesting_IsRefused(string level) =>
        await RefusesAsync(MemoryDocuments.Of(string.Concat(Enumerable.Repeat(level, 100_000))), "nested too deeply");

    [Fact]
    public async Task Load_DeepBlocks_AreRefused() =>
        await RefusesAsync(MemoryDocuments.Of(string.Concat(Enumerable.Range(0, 1000).Select(i => new string(' ', i) + "a:\n"))), "nested too deeply");

    [Fact]
    public async Task Load_LongChainOfImports_IsRefused()
    {
        var documents = new MemoryDocuments();
        for (var i = 0; i < 1000; i++)
        {
            documents[i == 0 ? "main.cwl" : $"c{i}.cwl"] = $"$import: c{i + 1}.cwl";
        }

        await RefusesAsync(documents, "levels deep");
    }

    [Fact]
    public async Task Load_TypeWithEndlessDimensions_IsRefused() =>
        await RefusesAsync(MemoryDocuments.Of(Head.Replace("inputs: []", $"inputs: {{a: 'string{string.Concat(Enumerable.Repeat("[]", 100_000))}'}}", StringComparison.Ordinal)), "too many dimensions");

    [Fact]
    public async Task Load_TypeThatContainsItself_IsRefused() => await RefusesAsync(
        MemoryDocuments.Of(Head.Replace("inputs: []", "inputs: {a: T}", StringComparison.Ordinal) + "requirements: {SchemaDefRequirement: {types: [{name: T, type: record, fields: {x: T}}]}}"),
        "can't contain itself");

    [Fact]
    public async Task Load_EndlessDevice_IsRefused()
    {
        var loaded = await DocumentLoader.LoadAsync("/dev/zero", DocumentSource.Default, LoadOptions.Default, TestContext.Current.CancellationToken);
        Assert.Contains("bytes that a document may have", Assert.Single(loaded.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_HugeText_IsRead()
    {
        var tool = await MemoryDocuments.Of($"{Head}doc: \"{new string('x', 20_000_000)}\"").LoadAsync<Toil.Cwl.Model.CommandLineTool>();
        Assert.Equal(20_000_000, tool.Doc!.Length);
    }

    private static async Task RefusesAsync(MemoryDocuments documents, string reason)
    {
        var loaded = await documents.LoadAsync();
        Assert.True(loaded.HasErrors);
        Assert.Contains(loaded.Problems, problem => problem.Message.Contains(reason, StringComparison.Ordinal) && problem.Message.Length < 500);
    }
}
