using System.Buffers;
using System.Text.Json;

namespace Toil.JobStores;

/// <summary>Writes and reads the small JSON blobs of a job store. By hand: a serializer's metadata would take longer to set up than all of it, at every start.</summary>
internal static class StoreJson
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <param name="writeProperties">Writes the properties of the one object.</param>
    public static byte[] Write(Action<Utf8JsonWriter> writeProperties)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Indented))
        {
            writer.WriteStartObject();
            writeProperties(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="JsonException">It is no JSON object, or what is read of it is missing or of another kind.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> bytes, Func<JsonElement, T> read)
    {
        using var document = JsonDocument.Parse(bytes);
        try
        {
            return read(document.RootElement);
        }
        catch (Exception error) when (error is InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new JsonException(error.Message, error);
        }
    }
}
