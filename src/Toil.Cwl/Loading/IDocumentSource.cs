namespace Toil.Cwl.Loading;

/// <summary>Where the texts of documents come from.</summary>
internal interface IDocumentSource
{
    /// <summary>The bytes of a document.</summary>
    /// <param name="uri">Absolute, without a fragment.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">It can't be read; the message says why, in a sentence that needs no file name.</exception>
    Task<ReadOnlyMemory<byte>> ReadAsync(string uri, CancellationToken cancellationToken);
}
