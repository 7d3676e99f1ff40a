namespace Toil;

/// <summary>Logs from time to time how far a workflow has come, for those who read its log later.</summary>
internal sealed class StatusLog : IAsyncDisposable
{
    /// <summary>Timers can't take longer.</summary>
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(49);

    private readonly IWorkflowObserver _observer;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private WorkflowProgress? _latest;

    public StatusLog(IWorkflowObserver observer, TimeProvider time, TimeSpan interval)
    {
        _observer = observer;
        var period = interval < LongestInterval ? interval : LongestInterval;
        _timer = time.CreateTimer(_ => Log(), null, period, period);
    }

    public void Progressed(WorkflowProgress progress)
    {
        lock (_gate)
        {
            _latest = progress;
        }
    }

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Log()
    {
        WorkflowProgress? latest;
        lock (_gate)
        {
            latest = _latest;
        }

        if (latest is { } progress)
        {
            _observer.Logged(LogLevel.Info, $"{progress}.");
        }
    }
}
