using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace Toil.Values;

/// <summary>Leaves for .NET's own small types, in the form that C# jobs read too: they come back as what they were.</summary>
internal static class DotNetLeaf
{
    /// <summary>The leaf, or null when the type isn't one of these.</summary>
    public static Leaf? TryWrite(object value) => TryFormat(value) is { } json
        ? new Leaf(Leaf.Json, Encoding.UTF8.GetBytes($"{value.GetType().FullName}, {value.GetType().Assembly.GetName().Name}\n{json}"))
        : null;

    public static object? Read(Leaf leaf)
    {
        var text = Encoding.UTF8.GetString(leaf.Bytes);
        var split = text.IndexOf('\n', StringComparison.Ordinal);
        var json = text[(split + 1)..];
        var type = Type.GetType(text[..split], throwOnError: false);
        return type is null ? ReadUnknown(json) : ReadKnown(type, json);
    }

    private static string? TryFormat(object value) => value switch
    {
        Enum => System.Convert.ToDecimal(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        BigInteger number => number.ToString(CultureInfo.InvariantCulture),
        ulong number => number.ToString(CultureInfo.InvariantCulture),
        float number => float.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : null,
        char letter => Quote(letter.ToString()),
        DateTime time => Quote(time.ToString("O", CultureInfo.InvariantCulture)),
        DateTimeOffset time => Quote(time.ToString("O", CultureInfo.InvariantCulture)),
        DateOnly date => Quote(date.ToString("O", CultureInfo.InvariantCulture)),
        TimeOnly time => Quote(time.ToString("O", CultureInfo.InvariantCulture)),
        TimeSpan span => Quote(span.ToString("c", CultureInfo.InvariantCulture)),
        Guid or Uri or Version => Quote(value.ToString()!),
        FileSystemInfo entry => Quote(entry.FullName),
        _ => null,
    };

    private static object? ReadKnown(Type type, string json) => type switch
    {
        _ when type.IsEnum => Enum.ToObject(type, ReadEnumNumber(type, json)),
        _ when type == typeof(BigInteger) => BigInteger.Parse(json, CultureInfo.InvariantCulture),
        _ when type == typeof(FileInfo) => new FileInfo(Unquote(json)),
        _ when type == typeof(DirectoryInfo) => new DirectoryInfo(Unquote(json)),
        _ when type == typeof(Uri) => new Uri(Unquote(json), UriKind.RelativeOrAbsolute),
        _ => JsonSerializer.Deserialize(json, type),
    };

    private static object ReadEnumNumber(Type type, string json) => type.GetEnumUnderlyingType() == typeof(ulong)
        ? ulong.Parse(json, CultureInfo.InvariantCulture)
        : long.Parse(json, CultureInfo.InvariantCulture);

    /// <summary>A C# job's own type, which this process doesn't have: its properties are all that a script can use.</summary>
    private static object? ReadUnknown(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonShape.Read(document.RootElement);
    }

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    private static string Unquote(string json) => JsonSerializer.Deserialize<string>(json)!;
}
