namespace Toil.Cwl.Model;

/// <summary>The names and ontologies that a document declares for formats.</summary>
/// <param name="Prefixes">What prefixes of identifiers stand for.</param>
/// <param name="Schemas">The absolute URIs of its ontologies (<c>$schemas</c>), and of those of all documents that are loaded with it.</param>
internal sealed record Vocabulary(IReadOnlyDictionary<string, string> Prefixes, IReadOnlyList<string> Schemas)
{
    public static readonly Vocabulary Empty = new(new Dictionary<string, string>(), []);

    /// <summary>The full identifier for one that begins with a declared prefix.</summary>
    public string Expand(string identifier)
    {
        var colon = identifier.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && Prefixes.TryGetValue(identifier[..colon], out var meaning) ? meaning + identifier[(colon + 1)..] : identifier;
    }
}
