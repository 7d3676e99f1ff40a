using System.Globalization;

namespace Toil.Cwl.Files;

/// <summary>
/// Says where each input File and Directory of a tool lies: under its own name, its secondary files beside it, and where two
/// of a name would meet, in another directory. Nothing is put there yet.
/// </summary>
/// <param name="root">The directory for inputs, as the tool sees it.</param>
internal sealed class InputStaging(string root)
{
    private readonly Dictionary<string, StagedItem> _byPath = [];
    private readonly Dictionary<string, int> _nextDirectory = [];
    private readonly List<StagedItem> _items = [];

    /// <summary>What is to be put in place; what lies inside a Directory goes with it.</summary>
    public IReadOnlyList<StagedItem> Items => _items;

    /// <summary>Gives a File or Directory its place.</summary>
    /// <param name="original">With its secondary files.</param>
    /// <param name="listing">How much of a Directory's listing expressions see: levels, from 0.</param>
    /// <returns>The value that expressions see.</returns>
    public OrderedDictionary<string, object?> Add(OrderedDictionary<string, object?> original, int listing)
    {
        var group = new List<OrderedDictionary<string, object?>>();
        Collect(original, group);
        return Place(original, ChooseDirectory(group), listing);
    }

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

    private string ChooseDirectory(List<OrderedDictionary<string, object?>> group)
    {
        var names = group.ConvertAll(NameOf);
        var directory = $"{root}/0";
        if (Fits(group, names, directory))
        {
            return directory;
        }

        for (var number = names.Max(name => _nextDirectory.GetValueOrDefault(name, 1)); ; number++)
        {
            directory = string.Create(CultureInfo.InvariantCulture, $"{root}/{number}");
            if (Fits(group, names, directory))
            {
                names.ForEach(name => _nextDirectory[name] = number + 1);
                return directory;
            }
        }
    }

    private bool Fits(List<OrderedDictionary<string, object?>> group, List<string> names, string directory)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (_byPath.TryGetValue($"{directory}/{names[i]}", out var there) && !IsSame(there.Original, group[i]))
            {
                return false;
            }
        }

        return true;
    }

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
        if (FileValues.IsDirectory(original) && listing > 0)
        {
            shown["listing"] = FileValues.ListOf(original, "listing").ConvertAll(
                object? (child) => Show((OrderedDictionary<string, object?>)child!, $"{path}/{NameOf((OrderedDictionary<string, object?>)child!)}", listing - 1));
        }

        return shown;
    }

    private static string NameOf(OrderedDictionary<string, object?> item) => FileNaming.Check(
        FileValues.BasenameOf(item) ?? throw new ToilException($"A {FileValues.ClassOf(item)} among the inputs has neither a basename nor a location. Give it a basename."));
}
