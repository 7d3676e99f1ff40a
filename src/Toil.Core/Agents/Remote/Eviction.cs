namespace Toil.Agents;

/// <summary>
/// The batch system's word that an agent's time on its node is over. The processes of its jobs get the same signal, and may have ended of it
/// before the agent hears: a failure is believed once a moment has passed without that word.
/// </summary>
internal sealed class Eviction(TimeProvider time)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);

    private readonly TaskCompletionSource _come = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool HasCome => _come.Task.IsCompleted;

    public void Come() => _come.TrySetResult();

    /// <summary>Says of an attempt whose own failure might come from the eviction that it was stopped, if so.</summary>
    public async ValueTask<AttemptOutcome> ExplainAsync(AttemptOutcome outcome)
    {
        if (outcome.Failure is not { Reason: FailureReason.Error or FailureReason.WorkerDied } failure)
        {
            return outcome;
        }

        await Task.WhenAny(_come.Task, Task.Delay(Moment, time)).ConfigureAwait(false);
        return HasCome ? outcome with { Failure = failure with { Reason = FailureReason.Cancelled, Error = AttemptErrors.Cancelled } } : outcome;
    }
}
