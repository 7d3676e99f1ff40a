namespace Toil.Stats;

/// <summary>How long attempts waited: from when their job was ready, or a new leader took over, to their start.</summary>
internal sealed class AttemptWaits
{
    private readonly List<long> _readyAt = [];
    private long _resumedAt;

    public void Ready(long job, DateTimeOffset at)
    {
        while (_readyAt.Count <= job)
        {
            _readyAt.Add(0);
        }

        _readyAt[(int)job] = at.UtcTicks;
    }

    public void Resumed(DateTimeOffset at) => _resumedAt = at.UtcTicks;

    /// <summary>Never below zero, though nodes' clocks differ.</summary>
    public TimeSpan Of(long job, DateTimeOffset started)
    {
        var ready = Math.Max(job < _readyAt.Count ? _readyAt[(int)job] : 0, _resumedAt);
        return ready == 0 ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Max(0, started.UtcTicks - ready));
    }
}
