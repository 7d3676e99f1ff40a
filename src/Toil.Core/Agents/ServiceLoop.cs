using Toil.Jobs;
using Toil.Values;

namespace Toil.Agents;

/// <summary>Runs a service: starts it, tells its users' value, looks after it until it is told to stop, and stops it.</summary>
/// <param name="service">The service's code.</param>
/// <param name="interval">How long to wait between two checks.</param>
/// <param name="stop">Completes when the service is to stop.</param>
/// <param name="started">Passes on what its start returned.</param>
internal sealed class ServiceLoop(IServiceRunner service, TimeSpan interval, Task stop, Func<EncodedValue, Task> started)
{
    /// <param name="running">What its start and its checks get; cancelled when the service is to end at once.</param>
    /// <param name="stopping">What its stop gets: it isn't cancelled then.</param>
    /// <returns>The commit body.</returns>
    public async Task<byte[]> RunAsync(JobContext running, JobContext stopping)
    {
        var value = await service.StartAsync(running).ConfigureAwait(false);
        try
        {
            await started(Check(value, running)).ConfigureAwait(false);
            await WatchAsync(running).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            await StopAfterAsync(failure, stopping).ConfigureAwait(false);
            throw;
        }

        await service.StopAsync(stopping).ConfigureAwait(false);
        return CommitBody.Empty();
    }

    private static EncodedValue Check(UnboundValue value, JobContext context)
    {
        if (JobGraph.Collect(value.Holes.Select(hole => hole.Producer), context.Self).Jobs.Count > 0)
        {
            throw new ToilException($"Service '{context.Name}' made jobs in its start, or returned a promise. Services can't: let the job that owns it add them.");
        }

        return value.Bind(_ => throw new ToilException($"Service '{context.Name}' returned a promise from its start. Let it return what is known by then."));
    }

    private async Task WatchAsync(JobContext context)
    {
        while (!stop.IsCompleted)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var fit = await service.CheckAsync(context).ConfigureAwait(false);

            // One that has ended as it should is asked no more.
            var wait = Task.Delay(fit ? interval : Timeout.InfiniteTimeSpan, context.Cancellation);
            if (await Task.WhenAny(stop, wait).ConfigureAwait(false) == wait)
            {
                await wait.ConfigureAwait(false);
            }
        }
    }

    /// <summary>The first failure is the one to report; that of the stop shows in the log.</summary>
    private async Task StopAfterAsync(Exception failure, JobContext context)
    {
        try
        {
            await service.StopAsync(context).ConfigureAwait(false);
        }
        catch (Exception second)
        {
            context.Log($"The service's stop failed too, after {failure.GetType().Name}: {second.Message}", LogLevel.Warning);
        }
    }
}
