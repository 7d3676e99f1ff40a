using Toil.Cwl.Loading;
using Toil.Cwl.Model;
using Toil.Cwl.Salad;

namespace Toil.Cwl.Validation;

/// <summary>Chooses a process of a document.</summary>
internal static class Selection
{
    /// <summary>The process that the fragment names; without one, the whole document, or <c>main</c> of several.</summary>
    /// <returns>Null, with a complaint, if there is no such process.</returns>
    public static (MapNode Node, string Id)? Choose(MapNode root, string uri, SourcePosition from, ProblemList problems)
    {
        var fragment = Links.FragmentOf(uri);
        var baseUri = Links.WithoutFragment(root.Document.BaseUri);
        if (!root.TryGet("$graph", out var graph))
        {
            return fragment.Length == 0 ? (root, baseUri)
                : FindProcess(root, fragment) is { } found ? (found, baseUri)
                : Complain(from, fragment, root, problems);
        }

        if (graph is not ListNode list)
        {
            problems.Error(graph.Position, $"'$graph' must be a list of processes; found {graph.Description}.");
            return null;
        }

        if (fragment.Length == 0 && list.Items is [MapNode single])
        {
            return (single, baseUri);
        }

        var wanted = fragment.Length == 0 ? "main" : fragment;
        return list.Items.OfType<MapNode>().FirstOrDefault(item => IsNamed(item, wanted)) is { } process ? (process, baseUri)
            : FindProcess(list, wanted) is { } inner ? (inner, baseUri)
            : Complain(from, wanted, list, problems);
    }

    private static bool IsNamed(MapNode item, string name) => Identifiers.Of(item) is { } id && (id == name || id == '#' + name || Links.FragmentOf(id) == name);

    private static MapNode? FindProcess(Node root, string fragment) => Identifiers.Find(root, fragment) is { } found && found["class"] is not null ? found : null;

    private static (MapNode Node, string Id)? Complain(SourcePosition from, string fragment, Node where, ProblemList problems)
    {
        var known = (where is ListNode list ? list.Items : [where]).OfType<MapNode>().Select(Identifiers.Of).OfType<string>().Select(Links.ShortName).ToList();
        problems.Error(from, $"{where.Document.Name} has no process '{fragment}'.{Suggestion.For(fragment, known)}{(known.Count > 0 ? $" Choose one of #{string.Join(", #", known)}." : "")}");
        return null;
    }
}
