namespace Toil.Cwl.Model;

/// <summary>A place in a document, for messages.</summary>
/// <param name="Document">The document's path or URL.</param>
/// <param name="Line">From 1; 0 where the document as a whole is meant.</param>
/// <param name="Column">From 1.</param>
internal readonly record struct SourcePosition(string Document, int Line, int Column)
{
    public override string ToString() => Line == 0 ? Document : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Document}:{Line}:{Column}");
}
