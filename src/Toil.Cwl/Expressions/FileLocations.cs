namespace Toil.Cwl.Expressions;

/// <summary>
/// Lets scripts see files of the job store as URIs, and turns these back in what scripts return. Only what the scripts of
/// this evaluator were shown is known: a document can't make up a file of the job store.
/// </summary>
internal sealed class FileLocations
{
    public const string Scheme = "toil:";

    private readonly Dictionary<string, FileId> _shown = [];

    /// <returns>A URI that ends in the file's name.</returns>
    public static string ToUri(FileId file) => $"{Scheme}{file.Key}/{Uri.EscapeDataString(file.Name)}";

    /// <returns>The value itself where there is nothing to replace.</returns>
    public object? Show(object? value)
    {
        switch (value)
        {
            case FileId file:
                var uri = ToUri(file);
                _shown[uri] = file;
                return uri;
            case List<object?> list:
                return Replace(list, Show);
            case OrderedDictionary<string, object?> map:
                return Replace(map, (_, item) => Show(item));
            default:
                return value;
        }
    }

    /// <summary>Undoes <see cref="Show"/> in the locations of Files.</summary>
    public object? Recognize(object? value) => _shown.Count == 0 ? value : value switch
    {
        List<object?> list => Replace(list, Recognize),
        OrderedDictionary<string, object?> map => Replace(
            map, (key, item) => key == "location" && item is string uri && _shown.TryGetValue(uri, out var file) ? file : Recognize(item)),
        _ => value,
    };

    private static List<object?> Replace(List<object?> list, Func<object?, object?> replace)
    {
        List<object?>? copy = null;
        for (var i = 0; i < list.Count; i++)
        {
            var item = replace(list[i]);
            if (!ReferenceEquals(item, list[i]))
            {
                copy ??= [.. list];
                copy[i] = item;
            }
        }

        return copy ?? list;
    }

    private static OrderedDictionary<string, object?> Replace(OrderedDictionary<string, object?> map, Func<string, object?, object?> replace)
    {
        OrderedDictionary<string, object?>? copy = null;
        for (var i = 0; i < map.Count; i++)
        {
            var (key, item) = map.GetAt(i);
            var replaced = replace(key, item);
            if (!ReferenceEquals(replaced, item))
            {
                copy ??= new OrderedDictionary<string, object?>(map);
                copy.SetAt(i, replaced);
            }
        }

        return copy ?? map;
    }
}
