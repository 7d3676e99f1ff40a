namespace Toil.Journaling;

/// <summary>
/// Where a replay ended, and the newest epoch that existed when it began: the epoch after it is the taker's, and
/// creating that fails if anybody else has taken over since.
/// </summary>
/// <param name="Position">Where the replay ended.</param>
/// <param name="NewestEpoch">The newest epoch there was.</param>
/// <param name="CheckedFrom">The segment with which it began: what is older hasn't been read.</param>
internal readonly record struct JournalEnd(JournalPosition Position, int NewestEpoch, SegmentId CheckedFrom);
