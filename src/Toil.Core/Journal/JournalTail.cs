namespace Toil.Journaling;

/// <summary>Follows a journal that another process writes. Each poll visits the groups that have become complete since the last.</summary>
internal sealed class JournalTail(IJournalFiles files)
{
    private JournalPosition? _at;

    /// <returns>What there is now; <see cref="ReplayResult.Visited"/> counts this poll's records.</returns>
    public ReplayResult Poll(Action<RecordLocation, ReadOnlySpan<byte>> onRecord, Action<SnapshotMark>? onSnapshot = null)
    {
        var chain = SegmentChain.Load(files);
        var replay = new JournalReplay(files, chain, acceptLoss: false) { OnRecord = onRecord, OnSnapshot = onSnapshot };
        var result = Continue(chain, replay, onSnapshot);
        _at = chain.Links.Count > 0 ? result.End.Position : null;
        return result;
    }

    private ReplayResult Continue(SegmentChain chain, JournalReplay replay, Action<SnapshotMark>? onSnapshot)
    {
        if (_at is not { } at)
        {
            return replay.Run(fromStart: false);
        }

        for (var i = chain.Links.Count - 1; i >= 0; i--)
        {
            var link = chain.Links[i];
            if (link.Header.Id == at.Segment && at.Offset <= (link.SealedEnd ?? long.MaxValue))
            {
                return replay.VisitFrom(i, at);
            }
        }

        onSnapshot?.Invoke(SnapshotMark.Rewind);
        return replay.Run(fromStart: false);
    }
}
