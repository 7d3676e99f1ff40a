namespace Toil.Journaling;

/// <summary>Tells the visitor of a replay what the next records are.</summary>
internal enum SnapshotMark
{
    /// <summary>Snapshot records follow. They stand for all state: forget whatever you have.</summary>
    Begin,

    /// <summary>The snapshot was whole; journal records follow.</summary>
    End,

    /// <summary>
    /// Said by a <see cref="JournalTail"/> only: what was visited has turned out void, since another leader has sealed
    /// the journal before it. Forget it all; the visit starts again.
    /// </summary>
    Rewind,
}
