using Toil.Cwl.Model;

namespace Toil.Cwl.Loading;

internal enum Severity
{
    Warning,
    Error,
}

/// <summary>Something wrong in a document or an input object.</summary>
/// <param name="Severity">A document with an error can't be run.</param>
/// <param name="Position">Where.</param>
/// <param name="Message">What was expected, what was found, what to do.</param>
internal sealed record Problem(Severity Severity, SourcePosition Position, string Message)
{
    /// <summary><c>file:line:column: error: message</c></summary>
    public override string ToString() => $"{Position}: {(Severity == Severity.Error ? "error" : "warning")}: {Message}";
}
