using System.Management.Automation;
using System.Text.Json;

namespace Toil.Values;

/// <summary>Shows JSON as PowerShell does: objects as PSCustomObject, arrays as arrays.</summary>
internal static class JsonShape
{
    public static object? Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => ReadObject(element),
        JsonValueKind.Array => element.EnumerateArray().Select(Read).ToArray(),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.TryGetInt64(out var number) ? PSValueFactory.Narrow(number) : element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static PSObject ReadObject(JsonElement element)
    {
        var shown = new PSObject();
        foreach (var property in element.EnumerateObject())
        {
            shown.Properties.Add(new PSNoteProperty(property.Name, Read(property.Value)));
        }

        return shown;
    }
}
