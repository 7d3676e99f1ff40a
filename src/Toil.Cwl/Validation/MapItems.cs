using Toil.Cwl.Loading;
using Toil.Cwl.Model;

namespace Toil.Cwl.Validation;

/// <summary>One of several named things that may be written as a list or as a mapping from their names.</summary>
/// <param name="Key">The name, where they are written as a mapping.</param>
/// <param name="Position">Where the thing begins.</param>
/// <param name="Value">The thing, or a short form for it.</param>
internal sealed record MapItem(string? Key, SourcePosition Position, Node Value);

internal static class MapItems
{
    /// <summary>The items of a field that is a list of mappings, or a mapping in which each key stands for the field <paramref name="subject"/>.</summary>
    public static IEnumerable<MapItem> Of(Node? field, string name, string subject, Scope scope)
    {
        switch (field)
        {
            case null:
                return [];
            case ListNode list:
                return list.Items.Select(item => new MapItem(null, item.Position, item));
            case MapNode map when subject != "class" || map["class"] is not ScalarNode:
                return map.Entries.Where(entry => entry.Key is not ['$', ..]).Select(entry => new MapItem(entry.Key, entry.KeyPosition, entry.Value));
            default:
                return Complain(field);
        }

        IEnumerable<MapItem> Complain(Node found)
        {
            scope.Error(found, $"'{name}' must be a list, or a mapping from each '{subject}'; found {found.Description}.");
            return [];
        }
    }
}
