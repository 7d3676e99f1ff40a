using System.Text.Json;

namespace Toil.Cwl.Tools;

/// <summary>Reads what a tool itself says of its outputs (<c>cwl.output.json</c>).</summary>
internal static class OutputReport
{
    /// <summary>A larger one would take too much memory as values.</summary>
    private const long MostBytes = 256 << 20;

    /// <exception cref="ToolFailedException">It isn't a JSON object.</exception>
    public static OrderedDictionary<string, object?> Read(string path)
    {
        if (new FileInfo(path) is not { LinkTarget: null, Length: <= MostBytes })
        {
            throw new ToolFailedException("cwl.output.json should be a file of at most 256 MiB.");
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { MaxDepth = 256 });
            return ValueOf(document.RootElement) as OrderedDictionary<string, object?>
                ?? throw new ToolFailedException("cwl.output.json should hold a JSON object with the outputs by their names.");
        }
        catch (JsonException error)
        {
            throw new ToolFailedException($"cwl.output.json isn't valid JSON: {error.Message}");
        }
    }

    private static object? ValueOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => MapOf(element),
        JsonValueKind.Array => element.EnumerateArray().Select(ValueOf).ToList(),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.TryGetInt64(out var number) ? (object)number : element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static OrderedDictionary<string, object?> MapOf(JsonElement element)
    {
        var map = new OrderedDictionary<string, object?>();
        foreach (var property in element.EnumerateObject())
        {
            map[property.Name] = ValueOf(property.Value);
        }

        return map;
    }
}
