namespace Toil.Cwl.Model;

/// <summary>A text that may hold parameter references and expressions; what it means is for the evaluator to say.</summary>
/// <param name="Source">As written.</param>
/// <param name="Position">Where.</param>
internal sealed record CwlText(string Source, SourcePosition Position);
