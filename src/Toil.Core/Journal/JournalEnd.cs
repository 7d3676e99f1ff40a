namespace Toil.Journaling;

/// <summary>
/// Where a replay ended, and the newest epoch that existed when it began: the epoch after it is the taker's, and
/// creating that fails if anybody else has taken over since.
/// </summary>
internal readonly record struct JournalEnd(JournalPosition Position, int NewestEpoch);
