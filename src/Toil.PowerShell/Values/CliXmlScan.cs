using System.Collections;
using System.Management.Automation;

namespace Toil.Values;

/// <summary>
/// Looks through an object as PowerShell's serializer will, for what the serializer would silently turn into a string:
/// live handles, scriptblocks, and whatever lies deeper than it goes.
/// </summary>
internal sealed class CliXmlScan
{
    public const int Depth = 8;

    /// <summary>An object with more parts than this is a graph of the program's own state, not data.</summary>
    private const int MaxParts = 100_000;

    private int _parts;

    public void Check(object? value, string path) => Check(value, path, 0);

    private void Check(object? wrapped, string path, int depth)
    {
        var value = PSValues.Unwrap(wrapped);
        if (value is null || IsPrimitive(value))
        {
            return;
        }

        Unkeepable.ThrowIfHandle(value, path);
        Unkeepable.ThrowIfEngineObject(value, path);
        if (depth >= Depth || ++_parts > MaxParts)
        {
            throw new ToilException($"{path} ({value.GetType().FullName}) is nested too deep to be kept whole: objects are kept {Depth} levels deep. Keep only what later jobs need, e.g. with Select-Object, or write it to a file.");
        }

        CheckParts(wrapped!, value, path, depth);
    }

    private void CheckParts(object wrapped, object value, string path, int depth)
    {
        switch (value)
        {
            case IDictionary map:
                foreach (DictionaryEntry entry in map)
                {
                    Check(entry.Value, $"{path}[{entry.Key}]", depth + 1);
                }

                break;
            case IEnumerable items and not System.Xml.XmlNode:
                var index = 0;
                foreach (var item in items)
                {
                    Check(item, $"{path}[{index++}]", depth + 1);
                }

                break;
            case System.Xml.XmlNode:
                break;
            default:
                CheckProperties(PSObject.AsPSObject(wrapped), path, depth);
                break;
        }
    }

    private void CheckProperties(PSObject value, string path, int depth)
    {
        foreach (var property in value.Properties)
        {
            object? part;
            try
            {
                part = property.IsGettable ? property.Value : null;
            }
            catch (GetValueException)
            {
                // The serializer leaves out a property that can't be read, and so did whoever looked at it before.
                continue;
            }

            Check(part, $"{path}.{property.Name}", depth + 1);
        }
    }

    private static bool IsPrimitive(object value) =>
        value is string or decimal or DateTime or DateTimeOffset or TimeSpan or Guid or Uri or Version or Enum or byte[] or Type
        || value.GetType() is { IsPrimitive: true } type && type != typeof(IntPtr) && type != typeof(UIntPtr);
}
