using System.Management.Automation;

namespace Toil.Values;

/// <summary>Shows lists as arrays, maps as hashtables that keep their order, and objects as PSCustomObject.</summary>
internal sealed class PSValueFactory : ValueFactory
{
    /// <summary>Where a custom object's own type name stands among its properties.</summary>
    public const string TypeNameKey = "PSTypeName";

    public static readonly PSValueFactory Instance = new();

    /// <summary>PowerShell's integers are [int] as long as they fit.</summary>
    public static object? Narrow(object? node) => node is long number and >= int.MinValue and <= int.MaxValue ? (int)number : node;

    public override object? List(List<object?> items)
    {
        var array = new object?[items.Count];
        for (var i = 0; i < array.Length; i++)
        {
            array[i] = Narrow(items[i]);
        }

        return array;
    }

    public override object? Map(OrderedDictionary<string, object?> entries) => OrderedMap.Of(entries);

    public override object? Object(OrderedDictionary<string, object?> properties)
    {
        var shown = new PSObject();
        foreach (var (name, value) in properties)
        {
            if (name == TypeNameKey)
            {
                shown.TypeNames.Insert(0, (string)value!);
                continue;
            }

            shown.Properties.Add(new PSNoteProperty(name, Narrow(value)));
        }

        return shown;
    }

    public override object? Leaf(Leaf leaf) => leaf.Kind switch
    {
        Values.Leaf.CliXml => CliXmlLeaf.Read(leaf),
        Values.Leaf.Json => DotNetLeaf.Read(leaf),
        _ => leaf,
    };
}
