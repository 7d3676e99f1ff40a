using System.Globalization;

namespace Toil;

/// <summary>Shows a workflow's log and progress on a terminal, and writes the log to a file when asked.</summary>
internal sealed class ConsoleObserver : IWorkflowObserver
{
    /// <summary>How often the progress line changes at most.</summary>
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private LogFile? _file;
    private LogLevel _level = LogLevel.Info;
    private bool _showsProgress;
    private bool _lineOpen;
    private long _shownAt;

    /// <summary>Takes what the options say; the result closes the log file.</summary>
    public IDisposable? Configure(ToilOptions options)
    {
        _level = options.LogLevel;
        _showsProgress = !options.DisableProgress && !Console.IsErrorRedirected;
        return _file = LogFile.Open(options, TimeProvider.System);
    }

    public void Logged(LogLevel level, string message)
    {
        if (level < _level)
        {
            return;
        }

        var line = string.Create(CultureInfo.InvariantCulture, $"[{DateTime.Now:HH:mm:ss}] {level}: {message}");
        lock (_gate)
        {
            ClearLine();
            Console.Error.WriteLine(line);
            WriteToFile(level, message);
        }
    }

    public void Progressed(WorkflowProgress progress)
    {
        if (!_showsProgress || (_shownAt != 0 && TimeProvider.System.GetElapsedTime(_shownAt) < ProgressInterval))
        {
            return;
        }

        lock (_gate)
        {
            _shownAt = TimeProvider.System.GetTimestamp();
            Console.Error.Write($"\r\e[K{progress}");
            _lineOpen = true;
        }
    }

    /// <summary>The last word of a run that failed.</summary>
    public void Failed(Exception cause)
    {
        lock (_gate)
        {
            ClearLine();
            Console.Error.WriteLine(cause.Message);
            WriteToFile(LogLevel.Critical, cause.Message);
        }
    }

    private void WriteToFile(LogLevel level, string message)
    {
        if (_file?.Write(level, message) is { } problem)
        {
            Console.Error.WriteLine(problem);
        }
    }

    private void ClearLine()
    {
        if (_lineOpen)
        {
            Console.Error.Write("\r\e[K");
            _lineOpen = false;
        }
    }
}
