namespace Toil.Journaling;

/// <summary>Another leader has taken the journal over: this one must not act any more.</summary>
public sealed class JournalFencedException : ToilException
{
    internal JournalFencedException(string file)
        : base($"Another leader has taken over this workflow: {file} exists. This leader stops; look at the other with `toil status`.")
    {
    }
}
