using System.Globalization;

namespace Toil.Cwl.Files;

/// <summary>
/// Says where each input File and Directory of a tool lies: under its own name, in a directory with its secondary files only.
/// Nothing is put there yet.
/// </summary>
/// <param name="root">The directory for inputs, as the tool sees it.</param>
internal sealed class InputStaging(string root)
{
    private readonly Dictionary<string, StagedItem> _byPath = [];
    private readonly Dictionary<object, string> _directories = [];
    private readonly List<StagedItem> _items = [];
    private int _count;

    /// <summary>What is to be put in place; what lies inside a Directory goes with it.</summary>
    public IReadOnlyList<StagedItem> Items => _items;

    /// <summary>Gives a File or Directory its place.</summary>
    /// <param name="original">With its secondary files.</param>
    /// <param name="listing">How much of a Directory's listing expressions see: levels, from 0. Literals, which have no location, show all of theirs.</param>
    /// <returns>The value that expressions see.</returns>
    public OrderedDictionary<string, object?> Add(OrderedDictionary<string, object?> original, int listing) =>
        Place(original, ChooseDirectory(original), listing);

    /// <summary>Finds the input that lies at a path, also inside a Directory.</summary>
    /// <returns>The value that the job was given, or null.</returns>
    public OrderedDictionary<string, object?>? FindOriginal(string path)
    {
        var inner = new Stack<string>();
        for (string? at = path.TrimEnd('/'); at is { Length: > 1 }; at = Path.GetDirectoryName(at))
        {
            if (_byPath.TryGetValue(at, out var item))
            {
                return Descend(item.Original, inner);
            }

            inner.Push(Path.GetFileName(at));
        }

        return null;
    }

    public StagedItem? FindItem(string path) => _byPath.GetValueOrDefault(path);

    /// <summary>Finds the first input with a location.</summary>
    public StagedItem? FindByLocation(object location) => _items.Find(item => location.Equals(item.Original.GetValueOrDefault("location")));

    /// <summary>Has the tool see an item somewhere else, where it is put by who calls this. Its old place still names it.</summary>
    public void Move(StagedItem item, string path)
    {
        item.Move(path);
        _byPath[path] = item;
    }

    private static OrderedDictionary<string, object?>? Descend(OrderedDictionary<string, object?> item, Stack<string> names)
    {
        foreach (var name in names)
        {
            if (FileValues.ListOf(item, "listing").OfType<OrderedDictionary<string, object?>>().FirstOrDefault(child => FileValues.BasenameOf(child) == name) is not { } found)
            {
                return null;
            }

            item = found;
        }

        return item;
    }

    private static void Collect(OrderedDictionary<string, object?> item, List<OrderedDictionary<string, object?>> group)
    {
        var name = NameOf(item);
        if (group.Exists(other => NameOf(other) == name))
        {
            throw new ToilException($"A file and its secondary files must have different names, but there are two called '{name}' beside '{NameOf(group[0])}'.");
        }

        group.Add(item);
        foreach (var secondary in FileValues.ListOf(item, "secondaryFiles").OfType<OrderedDictionary<string, object?>>())
        {
            Collect(secondary, group);
        }
    }

    /// <summary>Tools may look at all that lies beside a file, so that is nothing but what belongs to it.</summary>
    private string ChooseDirectory(OrderedDictionary<string, object?> primary)
    {
        var group = new List<OrderedDictionary<string, object?>>();
        Collect(primary, group);
        var location = primary.GetValueOrDefault("location");
        if (location is not null && _directories.TryGetValue(location, out var known) && group.TrueForAll(item => Fits(item, known)))
        {
            return known;
        }

        var directory = string.Create(CultureInfo.InvariantCulture, $"{root}/{_count++}");
        if (location is not null)
        {
            _directories[location] = directory;
        }

        return directory;
    }

    private bool Fits(OrderedDictionary<string, object?> item, string directory) =>
        _byPath.TryGetValue($"{directory}/{NameOf(item)}", out var there) && IsSame(there.Original, item);

    private static bool IsSame(OrderedDictionary<string, object?> one, OrderedDictionary<string, object?> other) =>
        ReferenceEquals(one, other) || (one.GetValueOrDefault("location") is { } location && location.Equals(other.GetValueOrDefault("location")));

    private OrderedDictionary<string, object?> Place(OrderedDictionary<string, object?> original, string directory, int listing)
    {
        var path = $"{directory}/{NameOf(original)}";
        var shown = Show(original, path, listing);
        if (FileValues.ListOf(original, "secondaryFiles") is { Count: > 0 } secondaries)
        {
            shown["secondaryFiles"] = secondaries.ConvertAll(object? (secondary) => Place((OrderedDictionary<string, object?>)secondary!, directory, listing));
        }

        if (!_byPath.TryGetValue(path, out var item))
        {
            item = new StagedItem(original);
            _byPath.Add(path, item);
            _items.Add(item);
        }

        item.Show(shown);

        return shown;
    }

    private static OrderedDictionary<string, object?> Show(OrderedDictionary<string, object?> original, string path, int listing)
    {
        var shown = new OrderedDictionary<string, object?>(original);
        shown.Remove("listing");
        FileValues.SetPath(shown, path);
        if (!FileValues.IsDirectory(original))
        {
            return shown;
        }

        // A literal is all listing; without it nothing would be left to see.
        var isLiteral = !original.ContainsKey("location");
        if (!isLiteral && listing > 0 && !original.ContainsKey("listing") && LocalFiles.TryGetPath(original) is { } local)
        {
            DirectoryListing.Add(shown, local, listing);
        }
        else if (isLiteral || listing > 0)
        {
            shown["listing"] = FileValues.ListOf(original, "listing").Cast<OrderedDictionary<string, object?>>().Select(
                object? (child) => Show(child, $"{path}/{NameOf(child)}", isLiteral ? listing : listing - 1)).ToList();
        }

        return shown;
    }

    private static string NameOf(OrderedDictionary<string, object?> item) => FileNaming.Check(
        FileValues.BasenameOf(item) ?? FileValues.NameLiteral(item));
}
