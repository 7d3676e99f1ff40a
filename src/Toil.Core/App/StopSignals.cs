using System.Runtime.InteropServices;

namespace Toil;

/// <summary>Ctrl+C and SIGTERM: the first stops the workflow in order, the second ends the process at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals(IWorkflowObserver observer)
    {
        void OnSignal(PosixSignalContext context)
        {
            if (_stop.IsCancellationRequested)
            {
                Environment.Exit(ExitCode.Cancelled);
            }

            context.Cancel = true;
            observer.Logged(LogLevel.Warning, "Stopping: running jobs are ended, finished ones are kept. Once more to leave at once.");
            _stop.Cancel();
        }

        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
        ];
    }

    public CancellationToken Token => _stop.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _stop.Dispose();
    }
}
