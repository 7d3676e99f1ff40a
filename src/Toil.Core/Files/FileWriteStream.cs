namespace Toil;

/// <summary>A stream to a new global file.</summary>
public abstract class FileWriteStream : Stream
{
    /// <summary>The new file's id.</summary>
    /// <exception cref="InvalidOperationException">The stream isn't disposed yet, so the size isn't known.</exception>
    public abstract FileId FileId { get; }
}
