namespace Toil.Cwl.Files;

/// <summary>A File or Directory of the inputs that is to lie at a place of its own before the tool starts.</summary>
/// <param name="Original">The value that the job was given; what passes the item on gets it back.</param>
/// <param name="Shown">The value that expressions see; it knows its path.</param>
internal sealed record StagedItem(OrderedDictionary<string, object?> Original, OrderedDictionary<string, object?> Shown)
{
    /// <summary>Where the tool sees it.</summary>
    public string Path => (string)Shown["path"]!;

    /// <summary>Whether something else has put it there already.</summary>
    public bool IsPlaced { get; set; }
}
