using System.Diagnostics.CodeAnalysis;
using Toil.Files;

namespace Toil.Agents;

/// <summary>An attempt that runs in the agent's own process: trusted work that takes microseconds.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A cancellation source without timers holds nothing that needs disposing.")]
internal sealed class InlineAttempt(NodeAgent agent, LaunchOrder order) : IRunningAttempt, IThreadPoolWorkItem
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly AttemptClock _clock = new(agent.Time, order.Requirements);
    private volatile AttemptVerdict? _verdict;

    public LaunchOrder Order => order;

    public void Stop() { }

    public DateTimeOffset Started => _clock.Started;

    public TimeSpan Elapsed => _clock.Elapsed;

    public int? Session => null;

    public void Ask(AttemptVerdict verdict)
    {
        _verdict ??= verdict;
        _cancellation.Cancel();
    }

    /// <summary>A task can't be killed. It is left behind, and what comes of it is dropped.</summary>
    public void Force() => Fail(new OperationCanceledException(_cancellation.Token));

    public void Execute() => _ = RunAsync();

    private async Task RunAsync()
    {
        IAttemptFileStore? files = null;
        try
        {
            files = agent.Options.OpenFiles(order);
            var context = AttemptBody.Context(order, files, Log, agent.Options.RealTimeLogging, _cancellation.Token);
            var commit = await AttemptBody.RunAsync(MethodRunner.RunMethodAsync, order, context, files).ConfigureAwait(false);
            _cancellation.Token.ThrowIfCancellationRequested();
            agent.End(new AttemptOutcome(order.Attempt, commit, null, Usage()));
        }
        catch (Exception error)
        {
            Fail(error, files);
        }

        await (files?.DiscardAsync() ?? Task.CompletedTask).ConfigureAwait(false);
    }

    private void Log(LogLevel level, string message) => agent.Log(order, level, message);

    private void Fail(Exception error, IAttemptFileStore? files = null)
    {
        var verdict = AttemptBody.ReasonOf(error, _cancellation.Token) is var reason and not FailureReason.Cancelled
            ? new AttemptVerdict(reason, ErrorInfo.From(error))
            : _verdict ?? AttemptVerdict.Cancelled;
        agent.End(new AttemptOutcome(order.Attempt, null, new AttemptFailure(verdict.Reason, verdict.Error, []), Usage()).WithAccessLog(files));
    }

    /// <summary>The process is shared: what one task uses of processor and memory can't be told.</summary>
    private ResourceUsage Usage() => _clock.Stop(TimeSpan.Zero, default);
}
