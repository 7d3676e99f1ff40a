using System.Collections;
using System.Management.Automation;

namespace Toil.Values;

/// <summary>Turns PowerShell objects into what CWL's inputs take, and outputs into PowerShell objects.</summary>
internal static class CwlValues
{
    /// <summary>Custom objects become maps; nothing stays wrapped.</summary>
    public static object? Unwrap(object? value) => PSValues.Unwrap(value) switch
    {
        null => null,
        string text => text,
        PSObject custom => custom.Properties.ToDictionary(property => property.Name, property => Unwrap(property.Value)),
        IDictionary map => map.Keys.Cast<object>().ToDictionary(key => key.ToString()!, key => Unwrap(map[key])),
        Job or Promise or FileSystemInfo => PSValues.Unwrap(value),
        IEnumerable items => items.Cast<object?>().Select(Unwrap).ToList(),
        var plain => plain,
    };

    /// <summary>A map becomes an object with properties, a list an array.</summary>
    public static object? Show(object? value) => value switch
    {
        OrderedDictionary<string, object?> map => ShowMap(map),
        List<object?> list => list.Select(Show).ToArray(),
        _ => value,
    };

    private static PSObject ShowMap(OrderedDictionary<string, object?> map)
    {
        var shown = new PSObject();
        foreach (var (name, value) in map)
        {
            shown.Properties.Add(new PSNoteProperty(name, Show(value)));
        }

        return shown;
    }
}
