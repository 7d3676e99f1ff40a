namespace Toil.Agents;

/// <summary>Kills the processes of some attempts, to test whether a workflow bears it.</summary>
/// <param name="share">The share of attempts: 0 to 1.</param>
/// <param name="within">They are killed at any time between their start and so much later.</param>
/// <param name="time">Passes in between.</param>
internal sealed class Saboteur(double share, TimeSpan within, TimeProvider time)
{
    public void Begun(IRunningAttempt attempt)
    {
        if (Random.Shared.NextDouble() < share)
        {
            ITimer? timer = null;
            timer = time.CreateTimer(
                _ =>
                {
                    attempt.Force();
                    Volatile.Read(ref timer)?.Dispose();
                },
                null,
                within * Random.Shared.NextDouble(),
                Timeout.InfiniteTimeSpan);
        }
    }
}
