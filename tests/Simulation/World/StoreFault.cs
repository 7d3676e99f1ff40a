namespace Toil.Simulation.World;

/// <summary>One thing that goes wrong with the journal's files.</summary>
/// <param name="Kind">What.</param>
/// <param name="AtOperation">Which write, sync or publishing it strikes, counted from the leader's start.</param>
internal sealed record StoreFault(StoreFaultKind Kind, int AtOperation)
{
    public static StoreFault Random(Random random, int operations) =>
        new((StoreFaultKind)random.Next(Enum.GetValues<StoreFaultKind>().Length), 1 + random.Next(operations));
}

internal enum StoreFaultKind
{
    /// <summary>It fails without effect: the disk is full, or read-only, or gone.</summary>
    Failed,

    /// <summary>It has its effect, but fails.</summary>
    FailedLate,

    /// <summary>A write leaves a part of its bytes, and fails.</summary>
    Torn,

    /// <summary>It takes many seconds.</summary>
    Slow,

    /// <summary>A write happens again when later ones have happened; a publishing finds its own first try in the way.</summary>
    Duplicated,
}
