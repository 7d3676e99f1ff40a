using Toil.Cwl.Loading;
using Toil.Cwl.Model;
using Toil.Cwl.Salad;

namespace Toil.Cwl.Validation;

/// <summary>Reads what connects the steps of one workflow.</summary>
/// <param name="workflow">The workflow's identifier.</param>
internal sealed class LinkReader(string workflow)
{
    /// <summary>In the order of <see cref="LinkMerge"/>.</summary>
    private static readonly string[] Merges = ["merge_nested", "merge_flattened"];

    /// <summary>In the order of <see cref="PickValue"/>.</summary>
    private static readonly string[] Picks = ["first_non_null", "the_only_non_null", "all_non_null"];

    private readonly string _prefix = Links.FragmentOf(workflow) is { Length: > 0 } fragment ? fragment + "/" : "";

    public static LinkMerge? ReadMerge(Fields fields) => (LinkMerge?)fields.Word("linkMerge", Merges);

    public static PickValue? ReadPick(Fields fields) => (PickValue?)fields.Word("pickValue", Picks, CwlVersion.V1_2);

    public List<SourceReference> Read(Fields fields, string name, out bool isList)
    {
        var texts = fields.Texts(name);
        isList = fields.Get(name) is ListNode;
        return [.. texts.Select(text => Parse(text.Text))];
    }

    /// <summary>Both <c>step/output</c> and the full identifiers of packed documents.</summary>
    private SourceReference Parse(string text)
    {
        var name = text.Contains('#', StringComparison.Ordinal) ? Links.FragmentOf(text) : text;
        if (_prefix.Length > 0 && name.StartsWith(_prefix, StringComparison.Ordinal))
        {
            name = name[_prefix.Length..];
        }

        var slash = name.LastIndexOf('/');
        return slash < 0 ? new SourceReference(null, name) : new SourceReference(name[..slash], name[(slash + 1)..]);
    }
}
