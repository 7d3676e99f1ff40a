using Toil.Cwl.Loading;
using Toil.Cwl.Model;

namespace Toil.Cwl.Salad;

/// <summary>A document and all files that it leads to, read before anything is made of them: what follows needs no I/O.</summary>
/// <param name="source">Where texts come from.</param>
/// <param name="bundle">Gets every text that was read.</param>
internal sealed class DocumentSet(IDocumentSource source, DocumentBundle bundle)
{
    /// <summary>More files than any workflow has: what a server that makes up references endlessly may cost.</summary>
    private const int Limit = 10_000;

    private readonly Dictionary<string, LoadedFile> _files = new(StringComparer.Ordinal);
    private IReadOnlyList<string>? _schemas;

    /// <summary>The absolute URIs of all ontologies that the documents name (<c>$schemas</c>): each holds for all of them. Known once they are loaded.</summary>
    public IReadOnlyList<string> Schemas => _schemas ??= [.. _files.Values.SelectMany(file => file.Root?.Document.Schemas ?? []).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Reads a document and, in waves, what it refers to by <c>$import</c>, <c>$include</c>, <c>$mixin</c>, <c>run</c> and <c>cwl:tool</c>. Failures are kept for whoever asks for the file.</summary>
    public async Task LoadAsync(string uri, CancellationToken cancellationToken)
    {
        var wave = new List<Reference> { new(uri, IsDocument: true) };
        while (wave.Count > 0)
        {
            var files = await Task.WhenAll(wave.ConvertAll(reference => ReadAsync(reference, cancellationToken))).ConfigureAwait(false);
            var next = new HashSet<Reference>();
            foreach (var file in files)
            {
                // A file that is wanted both as a text and as a document is read as the latter.
                if (file.Root is not null || file.Problem is not null || !_files.ContainsKey(file.Uri))
                {
                    _files[file.Uri] = file;
                }

                if (file.Root is not null)
                {
                    Collect(file.Root, next);
                }
            }

            next.RemoveWhere(IsRead);
            wave = [.. next];
            if (_files.Count + wave.Count > Limit)
            {
                throw new CwlException(new SourcePosition(uri, 0, 0), $"The document leads to more than {Limit} files.");
            }
        }
    }

    /// <summary>The tree of a document, its directives not yet followed.</summary>
    /// <param name="uri">Without a fragment.</param>
    /// <param name="from">Where it is referred to.</param>
    /// <exception cref="CwlException">It could not be read or is not valid YAML.</exception>
    public Node Root(string uri, SourcePosition from)
    {
        var file = Find(uri, from);
        return file.Root ?? throw file.Problem ?? new CwlException(from, $"{uri} was read as text; it can't be a document too.");
    }

    /// <exception cref="CwlException">The file could not be read, or is not UTF-8.</exception>
    public string Text(string uri, SourcePosition from) => YamlReader.Decode(Find(uri, from).Bytes.Span, new SourceDocument(uri));

    private LoadedFile Find(string uri, SourcePosition from) => !_files.TryGetValue(uri, out var file)
        ? throw new CwlException(from, $"{new SourceDocument(uri).Name} was not read.")
        : file.Failure is { } failure ? throw new CwlException(from, $"{new SourceDocument(uri).Name} can't be read. {failure}") : file;

    private bool IsRead(Reference reference) => _files.TryGetValue(reference.Uri, out var known) && (!reference.IsDocument || known is not { Root: null, Problem: null, Failure: null });

    private async Task<LoadedFile> ReadAsync(Reference reference, CancellationToken cancellationToken)
    {
        var uri = reference.Uri;
        try
        {
            var bytes = _files.TryGetValue(uri, out var known) ? known.Bytes : await source.ReadAsync(uri, cancellationToken).ConfigureAwait(false);
            lock (bundle)
            {
                bundle.Add(uri, bytes);
            }

            return reference.IsDocument ? Parse(uri, bytes) : new LoadedFile(uri, bytes);
        }
        catch (IOException error)
        {
            return new LoadedFile(uri, default) { Failure = error.Message };
        }
    }

    private static LoadedFile Parse(string uri, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var document = new SourceDocument(uri);
            var root = YamlReader.Read(bytes, document);
            Prologue.Apply(root, document);
            return new LoadedFile(uri, bytes) { Root = root };
        }
        catch (CwlException problem)
        {
            return new LoadedFile(uri, bytes) { Problem = problem };
        }
    }

    /// <summary>Finds what a document refers to.</summary>
    private static void Collect(Node node, HashSet<Reference> found)
    {
        if (node is ListNode list)
        {
            foreach (var item in list.Items)
            {
                Collect(item, found);
            }
        }
        else if (node is MapNode map)
        {
            foreach (var entry in map.Entries)
            {
                if (entry.Value is ScalarNode { Value: string reference } && IsReference(map, entry.Key))
                {
                    var uri = Links.WithoutFragment(Links.Resolve(map.Document, reference));
                    found.Add(new Reference(uri, IsDocument: entry.Key != "$include"));
                }
                else
                {
                    Collect(entry.Value, found);
                }
            }
        }
    }

    /// <summary>A field called <c>run</c> leads elsewhere only in a step.</summary>
    private static bool IsReference(MapNode map, string key) => key is "$import" or "$include" or "$mixin" or "cwl:tool" || (key == "run" && (map["in"] ?? map["out"]) is not null);

    /// <param name="Uri">Absolute, without a fragment.</param>
    /// <param name="IsDocument">Whether it is YAML; otherwise it is a plain text.</param>
    private sealed record Reference(string Uri, bool IsDocument);

    private sealed record LoadedFile(string Uri, ReadOnlyMemory<byte> Bytes)
    {
        public Node? Root { get; init; }

        /// <summary>Why it could not be read.</summary>
        public string? Failure { get; init; }

        /// <summary>Why it is not valid YAML.</summary>
        public CwlException? Problem { get; init; }
    }
}
