using Toil.Cwl.Loading;
using Toil.Cwl.Model;

namespace Toil.Cwl.Validation;

/// <summary>Reads what a tool wants in its working directory.</summary>
internal static class InitialWorkDirReader
{
    public static InitialWorkDirRequirement? Read(Fields fields) => fields.Require("listing") switch
    {
        null => null,
        ScalarNode { Value: string } text => new() { Position = fields.Map.Position, Listing = fields.Scope.Text(text) },
        ListNode list => new() { Position = fields.Map.Position, Listing = list.Items.Select(item => ReadItem(item, fields.Scope)).ToList() },
        MapNode map => new() { Position = fields.Map.Position, Listing = new List<object?> { ReadItem(map, fields.Scope) } },
        var other => Complain(fields.Scope, other),
    };

    private static object? ReadItem(Node item, Scope scope)
    {
        switch (item)
        {
            case ScalarNode { Value: null }:
                return null;
            case ScalarNode { Value: string } text:
                return scope.Text(text);
            case ListNode list:
                return list.Items.Select(inner => ReadItem(inner, scope)).ToList();
            case MapNode map when map["class"] is ScalarNode { Text: "File" or "Directory" }:
                return Literals.Read(map);
            case MapNode map:
                return ReadDirent(new Fields(scope, map, "An entry of the initial working directory"));
            default:
                Complain(scope, item);
                return null;
        }
    }

    private static Dirent? ReadDirent(Fields fields)
    {
        var entry = fields.Require("entry") is { } node ? fields.AsText(node, "entry") : null;
        var name = fields.Expression("entryname");
        var isWritable = fields.Flag("writable", otherwise: false);
        fields.Finish();
        return entry is null ? null : new Dirent(name, fields.Scope.Text(entry), isWritable);
    }

    private static InitialWorkDirRequirement? Complain(Scope scope, Node found)
    {
        scope.Error(found, $"'listing' must hold expressions, Files, Directories, or mappings with 'entry' and 'entryname'; found {found.Description}.");
        return null;
    }
}
