using System.Reflection;
using Toil.Cwl.Loading;
using Xunit;

namespace Toil.Cwl.Tests;

/// <summary>Every document of the conformance suites is loaded: those that must run have no errors, those that can't be right have some.</summary>
public class SuiteDocumentsTests
{
    private static readonly string Suites =
        typeof(SuiteDocumentsTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "Suites").Value!;

    /// <summary>What is wrong without running anything; all others that should fail do so at run time.</summary>
    private static readonly string[] WrongDocuments =
    [
        "all_non_null_multi_with_non_array_output",
        "all_non_null_multi_with_non_array_output_nojs",
        "invalid_syntax_mixed_v12_workflow",
        "invalid_syntax_v10_uses_v12_tool",
        "invalid_syntax_v10_uses_v12_workflow",
        "invalid_syntax_v11_uses_v12_tool",
        "invalid_syntax_v11_uses_v12_workflow",
        "timelimit_invalid",
    ];

    [Theory]
    [InlineData("v1.0/conformance_test_v1.0.yaml", 197)]
    [InlineData("v1.1/conformance_tests.yaml", 253)]
    [InlineData("v1.2/conformance_tests.yaml", 378)]
    public async Task Load_DocumentsOfASuite_AreAcceptedOrRefused(string suite, int count)
    {
        var surprises = new List<string>();
        var cases = await ReadAsync(Path.Combine(Suites, suite));
        foreach (var (id, tool, shouldFail) in cases)
        {
            var loaded = await DocumentLoader.LoadAsync(tool, DocumentSource.Default, LoadOptions.Default, TestContext.Current.CancellationToken);
            if (loaded.HasErrors != (shouldFail && WrongDocuments.Contains(id)))
            {
                surprises.Add($"{id}: {(loaded.HasErrors ? string.Join('\n', loaded.Problems) : "was accepted")}");
            }
        }

        Assert.Empty(surprises);
        Assert.Equal(count, cases.Count);
    }

    private static async Task<List<(string Id, string Tool, bool ShouldFail)>> ReadAsync(string path)
    {
        var cases = new List<(string, string, bool)>();
        var document = YamlReader.Read(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken), new SourceDocument(DocumentLoader.ToUri(path)));
        foreach (var entry in ((List<object?>)document.ToValue()!).Cast<OrderedDictionary<string, object?>>())
        {
            var directory = Path.GetDirectoryName(path)!;
            if (entry.TryGetValue("$import", out var import))
            {
                cases.AddRange(await ReadAsync(Path.Combine(directory, (string)import!)));
            }
            else
            {
                cases.Add(((string)entry["id"]!, Path.Combine(directory, (string)entry["tool"]!), entry.TryGetValue("should_fail", out var fails) && fails is true));
            }
        }

        return cases;
    }
}
