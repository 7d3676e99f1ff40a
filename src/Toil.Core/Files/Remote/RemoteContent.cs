namespace Toil.Files;

/// <summary>A file on another machine.</summary>
internal interface IRemoteSource
{
    /// <summary>Opens it.</summary>
    /// <param name="offset">How much of it is there already: the content may begin there.</param>
    /// <param name="version">Which version that is of, as an earlier content said; if it is another one now, or can't be told, the content begins at 0.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="RemoteException">It can't be opened.</exception>
    Task<RemoteContent> OpenAsync(long offset, string? version, CancellationToken cancellation);
}

/// <summary>What a server gives of a file.</summary>
/// <param name="Stream">The bytes from <paramref name="Offset"/> on.</param>
/// <param name="Offset">Where they begin.</param>
/// <param name="Length">The whole file's length, if the server says it.</param>
/// <param name="Version">Names this version of the file, so that the rest of it can be asked for; null when the server doesn't tell versions apart.</param>
/// <param name="Checksums">What the server says of the whole file's content; empty when <paramref name="Offset"/> isn't 0.</param>
internal sealed record RemoteContent(Stream Stream, long Offset, long? Length, string? Version, RemoteChecksums Checksums) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Stream.DisposeAsync();
}

/// <summary>A file can't be had from its server. The message is the end of "Can't import URL: ".</summary>
internal sealed class RemoteException(string message, bool isLasting, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Another try would end the same way.</summary>
    public bool IsLasting => isLasting;

    /// <summary>How long the server wants to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
