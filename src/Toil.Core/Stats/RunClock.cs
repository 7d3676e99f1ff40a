namespace Toil.Stats;

/// <summary>Adds up how long a workflow's leaders ran, as far as records tell.</summary>
internal sealed class RunClock
{
    private TimeSpan _before;
    private DateTimeOffset? _first;
    private DateTimeOffset _last;

    public TimeSpan Total => _before + Current;

    private TimeSpan Current => _first is { } first && _last > first ? _last - first : TimeSpan.Zero;

    public void Saw(DateTimeOffset moment)
    {
        _first = _first < moment ? _first : moment;
        _last = moment > _last ? moment : _last;
    }

    public void Restarted(DateTimeOffset at)
    {
        _before += Current;
        (_first, _last) = (at, at);
    }
}
