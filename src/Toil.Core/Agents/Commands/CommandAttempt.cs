using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Toil.Files;
using Toil.Jobs;
using Toil.Values;

namespace Toil.Agents;

/// <summary>An attempt that runs a program: its own session, the attempt's directory, its output in files.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A cancellation source without timers holds nothing that needs disposing.")]
internal sealed class CommandAttempt(NodeAgent agent, LaunchOrder order) : IRunningAttempt, IThreadPoolWorkItem
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly AttemptClock _clock = new(agent.Time, order.Requirements);
    private volatile ChildProcess? _process;
    private volatile bool _forced;
    private volatile AttemptVerdict? _verdict;
    private TimeSpan _cpu;
    private ByteSize _peak;
    private ByteSize _disk;

    public LaunchOrder Order => order;

    public void Stop() { }

    public DateTimeOffset Started => _clock.Started;

    public TimeSpan Elapsed => _clock.Elapsed;

    public int? Session => _process?.Id;

    public void Ask(AttemptVerdict verdict)
    {
        _verdict ??= verdict;
        _cancellation.Cancel();
        _process?.Signal(Libc.SigTerm);
    }

    public void Force()
    {
        _forced = true;
        _process?.KillSession();
    }

    public void Execute() => _ = RunAsync();

    private async Task RunAsync()
    {
        IAttemptFileStore? files = null;
        AttemptOutcome outcome;
        try
        {
            files = agent.Options.OpenFiles(order);
            outcome = await RunAsync(files).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            outcome = Failed(AttemptBody.ReasonOf(error, _cancellation.Token), ErrorInfo.From(error), []);
        }

        agent.End(outcome.WithFileUse(files));
        await (files?.DiscardAsync() ?? Task.CompletedTask).ConfigureAwait(false);
    }

    private async Task<AttemptOutcome> RunAsync(IAttemptFileStore files)
    {
        var words = await CommandArguments.ReadAsync(order, files, _cancellation.Token).ConfigureAwait(false);
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
            return agent.OutOfMemory.Explains(exit)
                ? Failed(FailureReason.OutOfMemory, AttemptErrors.OutOfMemory, log)
                : Failed(FailureReason.Error, AttemptErrors.CommandFailed(words[0], exit, Encoding.UTF8.GetString(log)), log);
        }

        // Read first: committing moves the file away.
        var written = agent.Options.KeepsLogsOfSuccesses ? Tail(error) : [];
        return Succeeded(await CommitAsync(files, output, error).ConfigureAwait(false)) with { Log = written };
    }

    private async Task<ChildExit> RunProcessAsync(List<string> words, string directory, string output, string error)
    {
        var environment = agent.EnvironmentOfJobs();
        JobVariables.AddTo(environment, order);
        environment[AgentIdentity.Variable] = agent.Identity.Mark(order.Attempt.ToString());
        _cancellation.Token.ThrowIfCancellationRequested();
        _process = agent.StartChild(new ChildStart(words[0], words[1..])
        {
            Environment = environment,
            WorkingDirectory = directory,
            OutputPath = output,
            ErrorPath = error,
        });
        agent.Begun(this);
        EndIfTold(_process);
        var exit = await _process.Exit.ConfigureAwait(false);
        (_cpu, _peak) = (exit.Cpu, exit.PeakMemory);
        return exit;
    }

    /// <summary>What was said while the process was being started.</summary>
    private void EndIfTold(ChildProcess process)
    {
        if (_cancellation.IsCancellationRequested)
        {
            process.Signal(Libc.SigTerm);
        }

        if (_forced)
        {
            process.KillSession();
        }
    }

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
        return WorkerLog.Read(file, 0, agent.Options.MaxLogSize.Bytes);
    }

    private AttemptOutcome Succeeded(byte[] commit) => new(order.Attempt, commit, null, _clock.Stop(_cpu, _peak, _disk));

    private AttemptOutcome Failed(FailureReason reason, ErrorInfo error, byte[] log)
    {
        var failure = _verdict is { } verdict
            ? new AttemptFailure(verdict.Reason, verdict.Error, log)
            : new AttemptFailure(reason, error, log);
        return new AttemptOutcome(order.Attempt, null, failure, _clock.Stop(_cpu, _peak, _disk));
    }
}
