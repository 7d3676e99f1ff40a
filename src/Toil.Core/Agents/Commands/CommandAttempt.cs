using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Toil.Files;
using Toil.Jobs;
using Toil.Values;

namespace Toil.Agents;

/// <summary>An attempt that runs a program: its own session, the attempt's directory, its output in files.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A cancellation source without timers holds nothing that needs disposing.")]
internal sealed class CommandAttempt : IRunningAttempt, IThreadPoolWorkItem
{
    private readonly NodeAgent _agent;
    private readonly LaunchOrder _order;
    private readonly CancellationTokenSource _cancellation = new();
    private readonly AttemptClock _clock;
    private readonly AttemptProcesses _processes;
    private volatile AttemptVerdict? _verdict;
    private ByteSize _disk;

    public CommandAttempt(NodeAgent agent, LaunchOrder order)
    {
        (_agent, _order) = (agent, order);
        _clock = new AttemptClock(agent.Time, order.Requirements);
        _processes = new AttemptProcesses(agent, order, this);
    }

    public LaunchOrder Order => _order;

    public void Stop() { }

    public DateTimeOffset Started => _clock.Started;

    public TimeSpan Elapsed => _clock.Elapsed;

    public bool LeavesDirectory => true;

    public int? Session => _processes.Session;

    public void Ask(AttemptVerdict verdict)
    {
        _verdict ??= verdict;
        _cancellation.Cancel();
    }

    public void Force() => _processes.Force();

    public void Execute() => _ = RunAsync();

    private async Task RunAsync()
    {
        IAttemptFileStore? files = null;
        AttemptOutcome outcome;
        try
        {
            files = _agent.Options.OpenFiles(_order);
            outcome = await RunAsync(files).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            outcome = Failed(AttemptBody.ReasonOf(error, _cancellation.Token), ErrorInfo.From(error), []);
        }

        _agent.End(outcome.WithFileUse(files));
        await (files?.DiscardAsync() ?? Task.CompletedTask).ConfigureAwait(false);
    }

    private async Task<AttemptOutcome> RunAsync(IAttemptFileStore files)
    {
        var words = await CommandArguments.ReadAsync(_order, files, _cancellation.Token).ConfigureAwait(false);
        var directory = files.TempDirectory;

        // Hidden, so that a command that reads all of its directory doesn't meet its own output.
        var output = Path.Combine(directory, ".stdout");
        var error = Path.Combine(directory, ".stderr");
        ChildExit exit;
        try
        {
            exit = await RunProcessAsync(words, directory, output, error).ConfigureAwait(false);
        }
        catch (Win32Exception reason)
        {
            return Failed(FailureReason.Error, AttemptErrors.CommandNotStarted(words[0], reason.Message), []);
        }

        _disk = files.MeasureDisk();
        if (!exit.Succeeded || _cancellation.IsCancellationRequested)
        {
            var log = Tail(error);
            return _agent.OutOfMemory.Explains(exit)
                ? Failed(FailureReason.OutOfMemory, AttemptErrors.OutOfMemory, log)
                : Failed(FailureReason.Error, AttemptErrors.CommandFailed(words[0], exit, Encoding.UTF8.GetString(log)), log);
        }

        // Read first: committing moves the file away.
        var written = _agent.Options.KeepsLogsOfSuccesses ? Tail(error) : [];
        return Succeeded(await CommitAsync(files, output, error).ConfigureAwait(false)) with { Log = written };
    }

    private Task<ChildExit> RunProcessAsync(List<string> words, string directory, string output, string error) =>
        _processes.RunAsync(
            new ChildStart(words[0], words[1..])
            {
                Environment = _agent.EnvironmentOfJobs(),
                WorkingDirectory = directory,
                OutputPath = output,
                ErrorPath = error,
            },
            _cancellation.Token);

    private async Task<byte[]> CommitAsync(IAttemptFileStore files, string output, string error)
    {
        var written = await files.WriteAsync(output, "stdout", cancellation: _cancellation.Token).ConfigureAwait(false);
        var complained = await files.WriteAsync(error, "stderr", cancellation: _cancellation.Token).ConfigureAwait(false);
        var value = new ValueWriter();
        value.BeginObject(3);
        value.WriteKey("ExitCode");
        value.WriteInt(0);
        value.WriteKey("Output");
        value.WriteFile(written);
        value.WriteKey("Error");
        value.WriteFile(complained);
        await files.SyncAsync(_cancellation.Token).ConfigureAwait(false);
        return CommitBody.Encode(value.ToValue(), JobGraph.Collect([], null), files.DeletedFiles, files.CleanupFiles);
    }

    private byte[] Tail(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return WorkerLog.Read(file, 0, _agent.Options.MaxLogSize.Bytes);
    }

    private AttemptOutcome Succeeded(byte[] commit) => new(_order.Attempt, commit, null, _clock.Stop(_processes.Cpu, _processes.PeakMemory, _disk));

    private AttemptOutcome Failed(FailureReason reason, ErrorInfo error, byte[] log)
    {
        var failure = _verdict is { } verdict
            ? new AttemptFailure(verdict.Reason, verdict.Error, log)
            : new AttemptFailure(reason, error, log);
        return new AttemptOutcome(_order.Attempt, null, failure, _clock.Stop(_processes.Cpu, _processes.PeakMemory, _disk));
    }
}
