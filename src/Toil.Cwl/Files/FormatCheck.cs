using System.Collections.Concurrent;
using Toil.Cwl.Expressions;
using Toil.Cwl.Loading;
using Toil.Cwl.Model;

namespace Toil.Cwl.Files;

/// <summary>Checks the formats of input Files. Ontologies are read only where formats differ.</summary>
/// <param name="vocabulary">The document's.</param>
/// <param name="evaluate">Evaluates a text.</param>
internal sealed class FormatCheck(Vocabulary vocabulary, Func<CwlText, object?> evaluate)
{
    private static readonly ConcurrentDictionary<string, FormatOntology> Read = new();

    /// <param name="parameter">What the File is for.</param>
    /// <param name="file">The File.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="CwlException">Its format is none of those that the parameter accepts.</exception>
    public async ValueTask CheckAsync(Parameter parameter, OrderedDictionary<string, object?> file, CancellationToken cancellation)
    {
        var accepted = parameter.Formats.SelectMany(text => FormatsOf(parameter, text)).ToList();
        var format = file.GetValueOrDefault("format") as string;
        if (accepted.Count == 0 || (format is not null && accepted.Contains(format)))
        {
            return;
        }

        if (format is null)
        {
            throw new CwlException(parameter.Position, $"'{parameter.Name}' accepts Files of the format {string.Join(" or ", accepted)}, but '{FileValues.BasenameOf(file)}' has no format. Give it one in the inputs.");
        }

        var ontology = await ReadAsync(parameter, cancellation).ConfigureAwait(false);
        if (!accepted.Exists(wanted => ontology.IsKindOf(format, wanted)))
        {
            throw new CwlException(parameter.Position, $"'{parameter.Name}' accepts Files of the format {string.Join(" or ", accepted)}, but '{FileValues.BasenameOf(file)}' has the format {format}.");
        }
    }

    private IEnumerable<string> FormatsOf(Parameter parameter, CwlText text)
    {
        var value = evaluate(text);
        return (value as List<object?> ?? [value]).Where(format => format is not null).Select(format => format is string name
            ? vocabulary.Expand(name)
            : throw new CwlException(text.Position, $"The format of '{parameter.Name}' should be a string or a list of strings, but the expression gives {ValueWords.Describe(format)}."));
    }

    private async Task<FormatOntology> ReadAsync(Parameter parameter, CancellationToken cancellation)
    {
        var key = string.Join(' ', vocabulary.Schemas);
        return Read.TryGetValue(key, out var known)
            ? known
            : Read.GetOrAdd(key, await ReadAsync(parameter.Position, vocabulary.Schemas, cancellation).ConfigureAwait(false));
    }

    private static async Task<FormatOntology> ReadAsync(SourcePosition position, IReadOnlyList<string> schemas, CancellationToken cancellation)
    {
        var ontology = new FormatOntology();
        foreach (var schema in schemas)
        {
            try
            {
                ontology.Add((await DocumentSource.Default.ReadAsync(schema, cancellation).ConfigureAwait(false)).Span);
            }
            catch (Exception error) when (error is IOException or FormatException)
            {
                throw new CwlException(position, $"Formats can't be compared: the ontology {schema} of the document's $schemas can't be read. {error.Message}");
            }
        }

        return ontology;
    }
}
