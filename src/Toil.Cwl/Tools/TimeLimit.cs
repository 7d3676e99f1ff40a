using System.Globalization;
using Toil.Agents;
using Toil.Cwl.Expressions;
using Toil.Cwl.Loading;
using Toil.Cwl.Model;

namespace Toil.Cwl.Tools;

/// <summary>Ends a tool that runs longer than its ToolTimeLimit allows.</summary>
internal sealed class TimeLimit : IDisposable
{
    private readonly ToolJob _job;
    private readonly double _seconds;
    private readonly Lock _gate = new();
    private Timer? _timer;
    private int _session;
    private bool _exceeded;

    public TimeLimit(ToolJob job)
    {
        _job = job;
        _seconds = job.Requirements.Get<ToolTimeLimitRequirement>() is { } limit ? SecondsOf(job, limit) : 0;
    }

    /// <summary>Has the clock run while a process runs.</summary>
    public ChildStart Watch(ChildStart start) => _seconds == 0 ? start : start with { Started = Begin, Ending = _ => End() };

    /// <exception cref="ToolFailedException">It was.</exception>
    public void ThrowIfExceeded()
    {
        if (_exceeded)
        {
            throw new ToolFailedException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{_job.Tool.Position}: The tool was ended because it ran longer than the {_seconds} seconds of its ToolTimeLimit. Raise the limit, or give the tool more resources."),
                isPermanent: true);
        }
    }

    public void Dispose() => _timer?.Dispose();

    private static double SecondsOf(ToolJob job, ToolTimeLimitRequirement limit) => job.Evaluate(limit.Seconds) switch
    {
        null => 0,
        int seconds when seconds >= 0 => seconds,
        long seconds when seconds >= 0 => seconds,
        double seconds when seconds >= 0 => seconds,
        var other => throw new CwlException(limit.Position, $"The timelimit should be a number of seconds, 0 or more, but is {JsonText.Of(other)}."),
    };

    private void Begin(int session)
    {
        _session = session;
        var longest = TimeSpan.FromDays(40);
        _timer = new Timer(_ => Exceed(), null, _seconds < longest.TotalSeconds ? TimeSpan.FromSeconds(_seconds) : longest, Timeout.InfiniteTimeSpan);
    }

    private void End()
    {
        lock (_gate)
        {
            _session = 0;
        }
    }

    private void Exceed()
    {
        lock (_gate)
        {
            if (_session != 0)
            {
                // Its number is its own until End was called.
                _exceeded = true;
                Sessions.Kill(_session);
            }
        }
    }
}
