using System.Collections.Concurrent;
using System.Management.Automation;

namespace Toil.Running;

/// <summary>Brings what the leader says to the pipeline's thread, the only one that may write to streams.</summary>
internal sealed class PipelineObserver(ToilOptions options) : IWorkflowObserver, IDisposable
{
    private const int ProgressId = 70_115;
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(200);

    private readonly BlockingCollection<Action<Cmdlet>> _messages = [];
    private readonly LogFile? _file = LogFile.Open(options, TimeProvider.System);
    private long _shownAt;

    public void Logged(LogLevel level, string message)
    {
        if (level < options.LogLevel)
        {
            return;
        }

        Post(cmdlet => Write(cmdlet, level, message));
        if (_file?.Write(level, message) is { } problem)
        {
            Post(cmdlet => Write(cmdlet, LogLevel.Warning, problem));
        }
    }

    public void Progressed(WorkflowProgress progress)
    {
        if (options.DisableProgress || (_shownAt != 0 && TimeProvider.System.GetElapsedTime(_shownAt) < ProgressInterval))
        {
            return;
        }

        _shownAt = TimeProvider.System.GetTimestamp();
        Post(cmdlet => cmdlet.WriteProgress(RecordOf(progress)));
    }

    /// <summary>Writes what comes until the work is done.</summary>
    /// <param name="cmdlet">Whose thread this is.</param>
    /// <param name="work">What is waited for; also when the pipeline is being stopped, so that it ends in order.</param>
    public void PumpUntil(Cmdlet cmdlet, Task work)
    {
        work.ContinueWith(_ => _messages.CompleteAdding(), TaskScheduler.Default);
        foreach (var message in _messages.GetConsumingEnumerable())
        {
            if (!cmdlet.Stopping)
            {
                TryWrite(cmdlet, message);
            }
        }

        if (!options.DisableProgress && !cmdlet.Stopping)
        {
            TryWrite(cmdlet, last => last.WriteProgress(new ProgressRecord(ProgressId, "Toil", "done") { RecordType = ProgressRecordType.Completed }));
        }
    }

    public void Dispose()
    {
        _messages.Dispose();
        _file?.Dispose();
    }

    private static void TryWrite(Cmdlet cmdlet, Action<Cmdlet> message)
    {
        try
        {
            message(cmdlet);
        }
        catch (PipelineStoppedException)
        {
            // The workflow still has to end in order.
        }
    }

    private static void Write(Cmdlet cmdlet, LogLevel level, string message)
    {
        switch (level)
        {
            case LogLevel.Debug:
                cmdlet.WriteDebug(message);
                break;
            case LogLevel.Info:
                // Shown as Write-Host shows it, and redirected as it is.
                cmdlet.WriteInformation(new HostInformationMessage { Message = message }, ["PSHOST", "Toil"]);
                break;
            default:
                cmdlet.WriteWarning(message);
                break;
        }
    }

    private static ProgressRecord RecordOf(WorkflowProgress progress) => new(ProgressId, "Toil", progress.ToString())
    {
        PercentComplete = progress.Total == 0 ? 0 : (int)(progress.Done * 100 / progress.Total),
    };

    private void Post(Action<Cmdlet> message)
    {
        if (!_messages.IsAddingCompleted)
        {
            try
            {
                _messages.Add(message);
            }
            catch (InvalidOperationException)
            {
                // The workflow has ended between the question and the answer.
            }
        }
    }
}
