namespace Toil.Cwl.Files;

/// <summary>A File or Directory of the inputs that is to lie at a place of its own before the tool starts.</summary>
/// <param name="original">The value that the job was given; what passes the item on gets it back.</param>
internal sealed class StagedItem(OrderedDictionary<string, object?> original)
{
    private readonly List<OrderedDictionary<string, object?>> _shown = [];

    public OrderedDictionary<string, object?> Original => original;

    /// <summary>Where the tool sees it.</summary>
    public string Path => (string)_shown[0]["path"]!;

    /// <summary>Whether it is put in place by somebody else.</summary>
    public bool IsPlaced { get; private set; }

    /// <summary>Adds a value that stands for it in what expressions see.</summary>
    public void Show(OrderedDictionary<string, object?> shown) => _shown.Add(shown);

    /// <summary>Has the tool see it somewhere else, where it is put by who calls this.</summary>
    public void Move(string path)
    {
        IsPlaced = true;
        _shown.ForEach(shown => SetPaths(shown, path));
    }

    private static void SetPaths(OrderedDictionary<string, object?> shown, string path)
    {
        FileValues.SetPath(shown, path);
        foreach (var child in FileValues.ListOf(shown, "listing").Cast<OrderedDictionary<string, object?>>())
        {
            SetPaths(child, $"{path}/{FileValues.BasenameOf(child)}");
        }
    }
}
