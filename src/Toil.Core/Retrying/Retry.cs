namespace Toil;

/// <summary>Repeats a user's own step that fails now and then, such as a download, inside one attempt of a job.</summary>
public static class Retry
{
    /// <summary>Runs a step until it succeeds, fails in a way that isn't to be retried, or has used its attempts.</summary>
    /// <exception cref="Exception">What the last attempt threw.</exception>
    public static async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> step, RetryPolicy? policy = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        policy ??= new RetryPolicy();
        for (var attempt = 1; ; attempt++)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return await step(cancellation).ConfigureAwait(false);
            }
            catch (Exception error) when (attempt < policy.MaxAttempts && !cancellation.IsCancellationRequested && policy.Applies(error))
            {
                var delay = policy.DelayAfter(attempt);
                policy.OnRetry?.Invoke(error, attempt, delay);
                await Task.Delay(delay, policy.Time, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public static Task RunAsync(Func<CancellationToken, Task> step, RetryPolicy? policy = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(step);
        return RunAsync(
            async token =>
            {
                await step(token).ConfigureAwait(false);
                return true;
            },
            policy,
            cancellation);
    }
}
