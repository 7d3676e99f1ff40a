using Toil.Cwl.Inputs;
using Toil.Cwl.Model;

namespace Toil.Cwl.Loading;

/// <param name="Process">Null if errors keep it from being made. With errors among the problems it must not be run, but may be shown.</param>
/// <param name="Bundle">All texts that were read.</param>
/// <param name="Problems">Errors and warnings, in the order of their finding.</param>
internal sealed record LoadedDocument(CwlProcess? Process, DocumentBundle Bundle, IReadOnlyList<Problem> Problems)
{
    public bool HasErrors => Problems.Any(problem => problem.Severity == Severity.Error);

    /// <summary>The absolute URI of the document, with a fragment if one was asked for.</summary>
    public string Reference => Bundle.Reference;

    /// <summary>The input object, where the reference led to an input object that names its tool by <c>cwl:tool</c>.</summary>
    public InputObject? Inputs { get; init; }

    /// <exception cref="CwlException">There are errors; the message lists all of them.</exception>
    public CwlProcess GetProcess()
    {
        CwlException.ThrowIfAny(Problems);
        return Process ?? throw new InvalidOperationException("A document without a process has errors.");
    }
}
