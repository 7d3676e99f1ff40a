using Toil.Cwl.Inputs;
using Toil.Cwl.Model;
using Toil.Cwl.Salad;
using Toil.Cwl.Validation;

namespace Toil.Cwl.Loading;

/// <summary>Loads a CWL document and all that it leads to, and makes a process of it.</summary>
internal static class DocumentLoader
{
    /// <param name="reference">A path, a URL, or one of them with <c>#</c> and the identifier of a process behind it.</param>
    /// <param name="source">Where texts come from: <see cref="DocumentSource.Default"/>, or the bundle of an earlier load.</param>
    /// <param name="options">How strict to be.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The process as far as it could be made, and all problems; nothing is thrown for a wrong document.</returns>
    public static async Task<LoadedDocument> LoadAsync(string reference, IDocumentSource source, LoadOptions options, CancellationToken cancellationToken)
    {
        var bundle = new DocumentBundle { Reference = ToUri(reference) };
        var problems = new ProblemList();
        CwlProcess? process = null;
        InputObject? inputs = null;
        try
        {
            var documents = new DocumentSet(source, bundle);
            await documents.LoadAsync(Links.WithoutFragment(bundle.Reference), cancellationToken).ConfigureAwait(false);
            var from = new SourcePosition(reference, 0, 0);
            var directives = new Directives(documents);
            if (documents.Root(Links.WithoutFragment(bundle.Reference), from) is MapNode root && InputObject.ToolOf(root) is { } tool)
            {
                inputs = InputObject.Of(directives.Expand(root));
                bundle.Reference = tool;
                options = options with { AllowsJavascript = options.AllowsJavascript || inputs.HasRequirements };
            }

            process = new ProcessReader(documents, directives, problems, options).Resolve(bundle.Reference, from, around: null);
        }
        catch (CwlException error)
        {
            foreach (var problem in error.Problems)
            {
                problems.Add(problem);
            }
        }

        return new LoadedDocument(process, bundle, problems.All) { Inputs = inputs };
    }

    /// <summary>The absolute URI of what a user names. A path may hold <c>#</c> itself: an existing file wins.</summary>
    public static string ToUri(string reference)
    {
        if (reference.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(Links.WithoutFragment(reference), UriKind.Absolute, out var absolute))
        {
            return absolute.AbsoluteUri + reference[Links.WithoutFragment(reference).Length..];
        }

        var hash = reference.LastIndexOf('#');
        return hash < 0 || File.Exists(reference)
            ? FileUri.Of(reference)
            : FileUri.Of(reference[..hash]) + reference[hash..];
    }
}
