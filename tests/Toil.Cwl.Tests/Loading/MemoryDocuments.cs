using System.Text;
using Toil.Cwl.Loading;
using Xunit;

namespace Toil.Cwl.Tests.Loading;

/// <summary>Documents by name, as if they lay in the directory <c>/docs</c>.</summary>
internal sealed class MemoryDocuments : IDocumentSource
{
    private readonly Dictionary<string, byte[]> _texts = [];

    public List<string> Read { get; } = [];

    /// <summary>One document called <c>main.cwl</c>.</summary>
    public static MemoryDocuments Of(string text) => new() { ["main.cwl"] = text };

    public string this[string name]
    {
        set => _texts[$"file:///docs/{name}"] = Encoding.UTF8.GetBytes(value);
    }

    public void Add(string name, byte[] bytes) => _texts[$"file:///docs/{name}"] = bytes;

    public Task<ReadOnlyMemory<byte>> ReadAsync(string uri, CancellationToken cancellationToken)
    {
        Read.Add(uri);
        return _texts.TryGetValue(uri, out var bytes)
            ? Task.FromResult<ReadOnlyMemory<byte>>(bytes)
            : Task.FromException<ReadOnlyMemory<byte>>(new IOException("There is no such file."));
    }

    public Task<LoadedDocument> LoadAsync(string reference = "main.cwl", LoadOptions? options = null) =>
        DocumentLoader.LoadAsync($"/docs/{reference}", this, options ?? LoadOptions.Default, TestContext.Current.CancellationToken);

    /// <summary>The process of a document that must be valid.</summary>
    public async Task<T> LoadAsync<T>(string reference = "main.cwl") => (T)(object)(await LoadAsync(reference)).GetProcess();

    /// <summary>What is wrong with a document, with positions but without the directory.</summary>
    public async Task<List<string>> ProblemsAsync(string reference = "main.cwl") => [.. (await LoadAsync(reference)).Problems.Select(problem => problem.ToString().Replace("/docs/", "", StringComparison.Ordinal))];
}
