using System.Text.Encodings.Web;
using System.Text.Json;

namespace Toil.Cwl.Running;

/// <summary>Writes an output object as JSON.</summary>
internal static class OutputJson
{
    private static readonly JsonWriterOptions Style = new() { Indented = true, IndentSize = 4, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the object and a line end.</summary>
    public static void Write(Stream output, object? value)
    {
        using (var writer = new Utf8JsonWriter(output, Style))
        {
            Write(writer, value);
        }

        output.WriteByte((byte)'\n');
        output.Flush();
    }

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case long number: writer.WriteNumberValue(number); break;
            case double number when double.IsFinite(number): writer.WriteNumberValue(number); break;
            case double: writer.WriteNullValue(); break;
            case List<object?> list: WriteList(writer, list); break;
            case OrderedDictionary<string, object?> map: WriteMap(writer, map); break;
            default: writer.WriteStringValue(value.ToString()); break;
        }
    }

    private static void WriteList(Utf8JsonWriter writer, List<object?> list)
    {
        writer.WriteStartArray();
        foreach (var item in list)
        {
            Write(writer, item);
        }

        writer.WriteEndArray();
    }

    private static void WriteMap(Utf8JsonWriter writer, OrderedDictionary<string, object?> map)
    {
        writer.WriteStartObject();
        foreach (var (key, item) in map)
        {
            writer.WritePropertyName(key);
            Write(writer, item);
        }

        writer.WriteEndObject();
    }
}
