namespace Toil.Journaling;

/// <summary>Writing the journal has failed. What was not acknowledged before may or may not be durable, so nothing more is written.</summary>
public sealed class JournalFailedException : ToilException
{
    internal JournalFailedException(string file, Exception cause)
        : base($"The journal can't be written any more, since writing {file} failed: {cause.Message} "
            + "What was acknowledged before is safe. Mend the cause, then resume the workflow.", cause)
    {
    }
}
