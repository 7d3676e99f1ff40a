using Toil.Files;

namespace Toil.Agents;

/// <summary>An attempt of a C# job in the agent's own process, where a debugger stops in it.</summary>
/// <param name="agent">Whose process it is.</param>
/// <param name="jobs">Lets one job run at a time.</param>
/// <param name="order">What to run.</param>
internal sealed class DebuggedAttempt(NodeAgent agent, DebuggedJobs jobs, LaunchOrder order) : InlineAttempt(agent, order)
{
    private readonly TaskCompletionSource _stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _begun;
    private int _deferred;

    public override TimeSpan Elapsed => _begun ? base.Elapsed : TimeSpan.Zero;

    protected override bool MayHaveDeferred => _deferred > 0 || base.MayHaveDeferred;

    public override void Stop() => _stop.TrySetResult();

    protected override async Task RunAsync()
    {
        try
        {
            await jobs.EnterAsync(Order, Cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException cancelled)
        {
            Fail(cancelled);
            return;
        }

        RestartClock();
        _begun = true;
        try
        {
            await base.RunAsync().ConfigureAwait(false);
        }
        finally
        {
            jobs.Leave(Order);
        }
    }

    protected override Task<byte[]> RunBodyAsync(IAttemptFileStore files)
    {
        var context = Context(files, Cancellation);
        return Order.IsService ? RunServiceAsync(context, files) : AttemptBody.RunAsync(MethodRunner.RunMethodAsync, Order, context, files);
    }

    private Task<byte[]> RunServiceAsync(JobContext context, IAttemptFileStore files)
    {
        var loop = new ServiceLoop(MethodRunner.OpenServiceMethods(Order, context), Agent.Options.ServicePollingInterval, _stop.Task, async value =>
        {
            // Its users may read files that it names.
            await files.SyncAsync(context.Cancellation).ConfigureAwait(false);
            Agent.Start(Order.Attempt, value);
        });
        return loop.RunAsync(context, Context(files, CancellationToken.None));
    }

    private JobContext Context(IAttemptFileStore files, CancellationToken cancellation) =>
        AttemptBody.Context(Order, files, Log, Agent.Options.RealTimeLogging, cancellation, Defer);

    private void Defer(Job action) =>
        Agent.Defer(DeferredAction.Of(action, Order, Agent.Options.Workers[Vehicle.Assembly]), Interlocked.Increment(ref _deferred));
}
