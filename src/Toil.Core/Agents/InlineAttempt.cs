using System.Diagnostics.CodeAnalysis;
using Toil.Files;

namespace Toil.Agents;

/// <summary>An attempt that runs in the agent's own process: trusted work that takes microseconds, or sees to child processes.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A cancellation source without timers holds nothing that needs disposing.")]
internal class InlineAttempt(NodeAgent agent, LaunchOrder order) : IRunningAttempt, IThreadPoolWorkItem
{
    private AttemptProcesses? _processes;
    private IAttemptFileStore? _files;
    private readonly CancellationTokenSource _cancellation = new();
    private ByteSize _disk;
    private AttemptClock _clock = new(agent.Time, order.Requirements);
    private volatile AttemptVerdict? _verdict;

    public LaunchOrder Order => order;

    public DateTimeOffset Started => _clock.Started;

    public virtual TimeSpan Elapsed => _clock.Elapsed;

    public int? Session => _processes?.Session;

    public bool LeavesDirectory => _files?.LeavesDirectory == true;

    protected NodeAgent Agent => agent;

    protected CancellationToken Cancellation => _cancellation.Token;

    /// <summary>Whether it may have registered deferred actions.</summary>
    protected virtual bool MayHaveDeferred => _processes?.MayHaveDeferred == true;

    public virtual void Stop() { }

    public void Ask(AttemptVerdict verdict)
    {
        _verdict ??= verdict;
        _cancellation.Cancel();
    }

    /// <summary>A task can't be killed. It is left behind, and what comes of it is dropped; its processes are killed.</summary>
    public void Force()
    {
        _processes?.Force();
        Fail(new OperationCanceledException(_cancellation.Token));
    }

    public void Execute() => _ = agent.InlineTurns is { } turns && order.Code.Vehicle == Vehicle.Inline ? RunInTurnAsync(turns) : RunAsync();

    private async Task RunInTurnAsync(SemaphoreSlim turns)
    {
        try
        {
            await turns.WaitAsync(Cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException cancelled)
        {
            Fail(cancelled);
            return;
        }

        try
        {
            RestartClock();
            await RunAsync().ConfigureAwait(false);
        }
        finally
        {
            turns.Release();
        }
    }

    protected virtual async Task RunAsync()
    {
        IAttemptFileStore? files = null;
        try
        {
            _files = files = agent.Options.OpenFiles(order);
            var commit = await RunBodyAsync(files).ConfigureAwait(false);
            _disk = _processes is null ? default : files.MeasureDisk();
            _cancellation.Token.ThrowIfCancellationRequested();
            agent.End(new AttemptOutcome(order.Attempt, commit, null, Usage()), MayHaveDeferred);
        }
        catch (Exception error)
        {
            Fail(error, files);
        }

        await (files?.DiscardAsync() ?? Task.CompletedTask).ConfigureAwait(false);
    }

    /// <returns>The commit body.</returns>
    protected virtual Task<byte[]> RunBodyAsync(IAttemptFileStore files) =>
        AttemptBody.RunAsync(MethodRunner.RunMethodAsync, order, AttemptBody.Context(order, files, Log, agent.Options.RealTimeLogging, Cancellation, processes: RunProcessAsync), files);

    /// <summary>What came before didn't count: it only waited.</summary>
    protected void RestartClock() => _clock = new AttemptClock(agent.Time, order.Requirements);

    protected void Log(LogLevel level, string message) => agent.Log(order, level, message);

    protected void Fail(Exception error, IAttemptFileStore? files = null)
    {
        var verdict = AttemptBody.ReasonOf(error, _cancellation.Token) is var reason and not FailureReason.Cancelled
            ? new AttemptVerdict(reason, ErrorInfo.From(error))
            : _verdict ?? AttemptVerdict.Cancelled;
        agent.End(new AttemptOutcome(order.Attempt, null, new AttemptFailure(verdict.Reason, verdict.Error, []), Usage()).WithFileUse(files), MayHaveDeferred);
    }

    /// <summary>The agent's process is shared: what one task uses of processor and memory can't be told, only what its own processes used.</summary>
    private ResourceUsage Usage() => _clock.Stop(_processes?.Cpu ?? TimeSpan.Zero, _processes?.PeakMemory ?? default, _disk);

    private async Task<ChildExit> RunProcessAsync(ChildStart start, CancellationToken cancellation)
    {
        var processes = _processes ?? Interlocked.CompareExchange(ref _processes, new AttemptProcesses(agent, order, this), null) ?? _processes;
        var exit = await processes.RunAsync(start, cancellation).ConfigureAwait(false);
        return agent.OutOfMemory.Explains(exit) ? throw new InsufficientMemoryException(AttemptErrors.OutOfMemory.Message) : exit;
    }
}
