using Toil.Cwl.Loading;
using Toil.Cwl.Salad;

namespace Toil.Cwl.Validation;

/// <summary>The types that SchemaDefRequirements define, by identifier, and those of the workflows around.</summary>
internal sealed class TypeNames(TypeNames? outer)
{
    public static readonly TypeNames None = new(outer: null);

    private readonly List<(string Id, MapNode Node)> _definitions = [];

    public void Define(string id, MapNode node) => _definitions.Add((id, node));

    public IEnumerable<string> Names => _definitions.Select(definition => Links.ShortName(definition.Id)).Concat(outer?.Names ?? []);

    /// <summary>The definition that a reference means: by its full identifier, or, where no document is named, by the name alone.</summary>
    public (string Id, MapNode Node)? Find(SourceDocument document, string reference)
    {
        var full = Links.Resolve(document, reference.Contains('#', StringComparison.Ordinal) ? reference : '#' + reference);
        var file = Links.WithoutFragment(full);
        var name = Links.ShortName(full);
        return Look(definition => definition.Id == full)
            ?? Look(definition => Links.WithoutFragment(definition.Id) == file && Links.ShortName(definition.Id) == name)
            ?? (reference.Contains('#', StringComparison.Ordinal) ? null : Look(definition => Links.ShortName(definition.Id) == name));
    }

    private (string Id, MapNode Node)? Look(Predicate<(string Id, MapNode Node)> matches)
    {
        for (var names = this; names is not null; names = names.Outer)
        {
            if (names._definitions.FindIndex(matches) is var at and >= 0)
            {
                return names._definitions[at];
            }
        }

        return null;
    }

    private TypeNames? Outer => outer;
}
