namespace Toil.Journaling;

/// <summary>The journal has lost something that it had recorded as durable.</summary>
public sealed class JournalDamagedException : ToilException
{
    internal JournalDamagedException(JournalDamage damage)
        : base($"The journal is damaged: {damage}. Restore the file from a backup, or resume with --acceptLoss, "
            + "which gives up everything recorded after that point.")
    {
        File = damage.File;
        Offset = damage.Offset;
    }

    public string File { get; }

    public long Offset { get; }
}
