namespace Toil.Cwl.Loading;

/// <summary>A file of which nodes know that they are part.</summary>
/// <param name="uri">Absolute, without a fragment.</param>
internal sealed class SourceDocument(string uri)
{
    private Uri? _base;

    public string Uri { get; } = uri;

    /// <summary>What messages call it: a path, or a URL.</summary>
    public string Name { get; } = FileUri.PathIn(uri) ?? uri;

    /// <summary>What its references are relative to: itself, unless its <c>$base</c> says otherwise.</summary>
    public Uri Base
    {
        get => _base ??= new Uri(Uri);
        set => _base = value;
    }

    /// <summary>The same as text.</summary>
    public string BaseUri => _base is null && FileUri.IsPlain(Uri) ? Uri : Base.AbsoluteUri;

    /// <summary>Prefixes and what they stand for: its own, or those of the document that imports it.</summary>
    public IReadOnlyDictionary<string, string> Namespaces { get; set; } = new Dictionary<string, string>();

    /// <summary>The ontologies that it names, as absolute URIs.</summary>
    public IReadOnlyList<string> Schemas { get; set; } = [];
}
