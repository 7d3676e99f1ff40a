using System.Text;
using System.Text.Json;

namespace Toil.Options;

/// <summary>Carries the options of <c>toil run</c> to the Start-ToilWorkflow of the script that it runs, in one environment variable.</summary>
internal static class RunOptions
{
    public const string Variable = "TOIL_RUN_OPTIONS";

    /// <returns>A JSON object: option names without dashes, each with the list of its values as text.</returns>
    public static string ToJson(IEnumerable<GivenOption> given)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (var group in given.Where(entry => entry.Option is ToilOption).GroupBy(entry => (ToilOption)entry.Option))
            {
                writer.WriteStartArray(group.Key.Key);
                group.ToList().ForEach(entry => writer.WriteStringValue(entry.Text));
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <param name="json">What <see cref="ToJson"/> made; null or empty for nothing.</param>
    /// <exception cref="UsageException">It isn't that, or names an option that this version doesn't have.</exception>
    public static IReadOnlyList<GivenOption> FromJson(string? json)
    {
        if (string.IsNullOrEmpty(json))
        {
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return [.. document.RootElement.EnumerateObject().SelectMany(Read)];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new UsageException($"{Variable} is not valid: {error.Message}");
        }
    }

    private static IEnumerable<GivenOption> Read(JsonProperty property)
    {
        var option = ToilOptionTable.Find(property.Name)
            ?? throw new UsageException($"{Variable} names the option '{property.Name}', which this version doesn't have.");
        return property.Value.EnumerateArray().Select(value => new GivenOption(option, value.GetString() ?? ""));
    }
}
