using System.Collections;
using System.Management.Automation;

namespace Toil.Values;

/// <summary>A list, map or custom object whose parts are being written.</summary>
internal sealed class OpenContainer
{
    private readonly List<(string? Key, object? Value)> _parts;
    private int _at = -1;

    private OpenContainer(object source, List<(string? Key, object? Value)> parts) => (Source, _parts) = (source, parts);

    public object Source { get; }

    public string? Key => _parts[_at].Key;

    public object? Value => _parts[_at].Value;

    /// <summary>The way from this container to its current part, as PowerShell writes it.</summary>
    public string Step => Key is null ? $"[{_at}]" : $".{Key}";

    /// <summary>Writes the container's head; null when the value isn't one.</summary>
    public static OpenContainer? TryOpen(object value, ValueWriter writer)
    {
        switch (value)
        {
            case PSObject custom:
                var properties = ReadProperties(custom);
                writer.BeginObject(properties.Count);
                return new OpenContainer(custom, properties);
            case IDictionary map:
                return TryReadMap(map) is { } entries ? Begin(map, entries, writer.BeginMap) : null;
            case Array { Rank: > 1 } or System.Xml.XmlNode:
                return null;
            case IEnumerable items when value is ICollection || IsPlainSequence(value.GetType()):
                return Begin(items, [.. items.Cast<object?>().Select(item => ((string?)null, item))], writer.BeginList);
            default:
                return null;
        }
    }

    public bool MoveNext() => ++_at < _parts.Count;

    private static OpenContainer Begin(object source, List<(string? Key, object? Value)> parts, Action<int> begin)
    {
        begin(parts.Count);
        return new OpenContainer(source, parts);
    }

    private static List<(string? Key, object? Value)> ReadProperties(PSObject custom)
    {
        var parts = new List<(string? Key, object? Value)>();
        if (custom.TypeNames.FirstOrDefault() is { } name && name != typeof(PSCustomObject).FullName && name != typeof(object).FullName)
        {
            parts.Add((PSValueFactory.TypeNameKey, name));
        }

        parts.AddRange(custom.Properties.Where(property => property.IsGettable).Select(property => ((string?)property.Name, (object?)property.Value)));
        return parts;
    }

    /// <summary>The entries, or null when a key isn't a string.</summary>
    private static List<(string? Key, object? Value)>? TryReadMap(IDictionary map)
    {
        var parts = new List<(string? Key, object? Value)>(map.Count);
        foreach (DictionaryEntry entry in map)
        {
            if (PSValues.Unwrap(entry.Key) is not string key)
            {
                return null;
            }

            parts.Add((key, entry.Value));
        }

        return parts;
    }

    private static bool IsPlainSequence(Type type) =>
        type.Namespace?.StartsWith("System.Collections", StringComparison.Ordinal) == true
        || type.Namespace?.StartsWith("System.Linq", StringComparison.Ordinal) == true;
}
