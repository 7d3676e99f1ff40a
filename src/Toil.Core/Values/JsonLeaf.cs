using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Toil.Values;

/// <summary>Objects that only .NET reads: the name of their type, a newline, and their JSON.</summary>
internal static class JsonLeaf
{
    /// <summary>With fields, since tuples have nothing else.</summary>
    private static readonly JsonSerializerOptions Options = new() { IncludeFields = true, Converters = { new PromiseRefuser() } };

    /// <exception cref="ToilException">The object can't be kept.</exception>
    public static Leaf Write(object value, string path)
    {
        var type = value.GetType();
        if (value is Delegate or Stream or Task)
        {
            throw new ToilException($"{path} is a {type.Name}, which can't leave its process. Return data, or write it to a file.");
        }

        try
        {
            return new Leaf(Leaf.Json, Encoding.UTF8.GetBytes($"{type.AssemblyQualifiedName}\n{JsonSerializer.Serialize(value, type, Options)}"));
        }
        catch (Exception error) when (error is NotSupportedException or JsonException)
        {
            throw new ToilException($"{path} is a {type.FullName}, which can't be written as JSON: {error.Message}", error);
        }
    }

    public static object? Read(Leaf leaf, Type wanted)
    {
        var text = Encoding.UTF8.GetString(leaf.Bytes);
        var split = text.IndexOf('\n', StringComparison.Ordinal);
        var type = Type.GetType(text[..split]) ?? wanted;
        return JsonSerializer.Deserialize(text.AsSpan(split + 1), wanted.IsAssignableFrom(type) ? type : wanted, Options);
    }

    /// <summary>The engine doesn't look into JSON, so a promise in there would never get its value.</summary>
    private sealed class PromiseRefuser : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeof(Promise).IsAssignableFrom(typeToConvert) || typeof(Job).IsAssignableFrom(typeToConvert) || typeof(IPromised).IsAssignableFrom(typeToConvert);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException(
            "it can hold a promise, which would never get its value in there. Put the promise into a list or a dictionary, or make it an argument of its own.");
    }
}
