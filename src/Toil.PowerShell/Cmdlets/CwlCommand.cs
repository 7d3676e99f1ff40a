using System.Collections;
using System.Management.Automation;
using Toil.Cwl.Inputs;
using Toil.Cwl.Loading;
using Toil.Cwl.Workflows;
using Toil.Values;

namespace Toil.Cmdlets;

/// <summary>What cmdlets share that take a CWL document and its inputs.</summary>
public abstract class CwlCommand : WorkflowCommandBase
{
    /// <summary>The document: a path or URL; <c>#id</c> behind it chooses one of several processes.</summary>
    public abstract string Path { get; set; }

    /// <summary>The documents that state requirements beside the process's own, after its inputs have been read.</summary>
    private protected List<WrittenRequirements> Requirements { get; } = [];

    private protected string Here => SessionState.Path.CurrentFileSystemLocation.ProviderPath;

    /// <summary>The document's path, independent of the process's directory, or its URL.</summary>
    private protected string Reference => Path.Contains("://", StringComparison.Ordinal) ? Path : GetUnresolvedProviderPathFromPSPath(Path);

    /// <summary>Loads the document; its warnings are written.</summary>
    private protected LoadedDocument Load(bool isStrict = true)
    {
        var document = Wait(DocumentLoader.LoadAsync(Reference, DocumentSource.Default, new LoadOptions { Strict = isStrict }, Cancellation));
        foreach (var warning in document.Problems.Where(problem => problem.Severity == Severity.Warning))
        {
            WriteWarning(warning.ToString());
        }

        return document;
    }

    /// <summary>The inputs as a map: from a map or an object, or from the document that a string names.</summary>
    /// <param name="document">What they are for.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <param name="overrides">The path or URL of a document that states requirements; null for none.</param>
    private protected OrderedDictionary<string, object?> ReadInputs(LoadedDocument document, object? inputs, ProblemList problems, string? overrides = null)
    {
        Requirements.Clear();
        if (overrides is not null)
        {
            Requirements.Add(Read(overrides));
        }

        var process = document.GetProcess();
        var given = CwlValues.Unwrap(inputs);
        if (given is FileInfo file)
        {
            given = file.FullName;
        }

        if (given is string reference)
        {
            var source = Read(reference);
            var written = InputObject.Parse(source.Text, source.Uri);
            if (written.HasRequirements)
            {
                Requirements.Add(source);
            }

            Overrides.Read(Requirements, process).Check(process, problems);
            return InputChecker.Complete(process, written.Values, problems, written);
        }

        var values = given switch
        {
            null => document.Inputs?.Values ?? [],
            IDictionary map => InputValues.For(process, map, Here),
            _ => throw new ToilException($"The inputs must be a hashtable, an object with properties, or the path of an input object; this is a {given.GetType().Name}."),
        };
        Overrides.Read(Requirements, process).Check(process, problems);
        return InputChecker.Complete(process, values, problems);
    }

    /// <summary>A document that a path or URL names.</summary>
    private protected WrittenRequirements Read(string reference)
    {
        var uri = DocumentLoader.ToUri(reference.Contains("://", StringComparison.Ordinal) ? reference : System.IO.Path.GetFullPath(reference, Here));
        return new WrittenRequirements(Wait(DocumentSource.Default.ReadAsync(uri, Cancellation)), uri);
    }
}
