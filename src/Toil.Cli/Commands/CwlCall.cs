using Toil.Cwl.Inputs;
using Toil.Cwl.Loading;
using Toil.Cwl.Model;
using Toil.Cwl.Workflows;

namespace Toil.Cli.Commands;

/// <summary>A document that was loaded, and its inputs as the command line says them.</summary>
internal sealed class CwlCall
{
    private readonly ProblemList _problems = new();
    private readonly IReadOnlyList<string> _flags;
    private readonly string? _reference;
    private readonly CwlArguments _arguments;

    private CwlCall(CwlArguments arguments, LoadedDocument document)
    {
        (_arguments, Document, Process) = (arguments, document, document.GetProcess());
        var left = arguments.TakeOptions(name => Process.Inputs.Any(input => input.Name == name || name.StartsWith($"{input.Name}.", StringComparison.Ordinal)));
        _reference = left.Count > 0 && (left[0] is "-" || !left[0].StartsWith('-')) ? left[0] : null;
        _flags = [.. left.Skip(_reference is null ? 0 : 1)];
        foreach (var problem in document.Problems)
        {
            _problems.Add(problem);
        }
    }

    public LoadedDocument Document { get; }

    public CwlProcess Process { get; }

    /// <summary>Whether the command line says anything of inputs.</summary>
    public bool HasInputs => _reference is not null || _flags.Count > 0;

    /// <summary>The documents that state requirements beside the process's own: the input object, and what <c>--overrides</c> names.</summary>
    public List<WrittenRequirements> Requirements { get; } = [];

    /// <summary>All problems so far that aren't errors.</summary>
    public IEnumerable<Problem> Warnings => _problems.All.Where(problem => problem.Severity == Severity.Warning);

    /// <exception cref="CwlException">The document isn't valid; all of its errors are in it.</exception>
    public static async Task<CwlCall> LoadAsync(CwlArguments arguments)
    {
        var options = new LoadOptions { Strict = arguments.Has(CwlOptionTable.Strict) };
        var document = await DocumentLoader.LoadAsync(arguments.Document!, DocumentSource.Default, options, CancellationToken.None);
        if (document.HasErrors && arguments.Rest.FirstOrDefault(argument => !argument.StartsWith('-')) is { } reference && File.Exists(reference)
            && (await InputObject.LoadAsync(reference, DocumentSource.Default, CancellationToken.None)).HasRequirements)
        {
            // What is missing in the document, the input object may bring.
            document = await DocumentLoader.LoadAsync(arguments.Document!, DocumentSource.Default, options with { AllowsJavascript = true }, CancellationToken.None);
        }

        return new(arguments, document);
    }

    /// <summary>Every input of the process: from the input object, from flags, or its default.</summary>
    /// <exception cref="CwlException">Inputs are missing or wrong; all errors are in it.</exception>
    public async Task<OrderedDictionary<string, object?>> InputsAsync()
    {
        var written = (_reference ?? (Document.Inputs is null ? null : _arguments.Document)) is { } reference ? await ReadAsync(reference) : null;
        var given = new OrderedDictionary<string, object?>(written?.Values ?? []);
        foreach (var (name, value) in _flags.Count > 0 ? new InputFlags(Process, BaseDirectory).Parse(_flags) : [])
        {
            given[name] = value;
        }

        await ReadOverridesAsync();
        var inputs = InputChecker.Complete(Process, given, _problems, written);
        _problems.ThrowIfAny();
        return inputs;
    }

    private string BaseDirectory => Path.GetFullPath(_arguments.Get(CwlOptionTable.BaseDirectory) is { Length: > 0 } directory ? directory : ".");

    private async Task<InputObject> ReadAsync(string reference)
    {
        var uri = reference == "-" ? DocumentLoader.ToUri(Path.Combine(BaseDirectory, "stdin")) : DocumentLoader.ToUri(reference);
        var text = reference == "-" ? await ReadStandardInputAsync() : await DocumentSource.Default.ReadAsync(uri, CancellationToken.None);
        var written = InputObject.Parse(text, uri);
        if (written.HasRequirements)
        {
            Requirements.Add(new WrittenRequirements(text, uri));
        }

        return written;
    }

    private async Task ReadOverridesAsync()
    {
        if (_arguments.Get(CwlOptionTable.Overrides) is { Length: > 0 } reference)
        {
            var uri = DocumentLoader.ToUri(reference);
            Requirements.Add(new WrittenRequirements(await DocumentSource.Default.ReadAsync(uri, CancellationToken.None), uri));
        }

        Overrides.Read(Requirements, Process).Check(Process, _problems);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadStandardInputAsync()
    {
        using var bytes = new MemoryStream();
        await using var input = Console.OpenStandardInput();
        await input.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
