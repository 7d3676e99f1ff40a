using Toil.Values;

namespace Toil.Agents;

/// <summary>The worker's side of a vehicle: runs one job at a time inside the worker process.</summary>
internal interface IJobRunner : IAsyncDisposable
{
    /// <summary>Runs the job's code. Jobs that it adds hang on the context's <see cref="JobContext.Self"/>.</summary>
    /// <returns>The return value, encoded before anything of the job is reset.</returns>
    Task<UnboundValue> RunAsync(LaunchOrder order, JobContext context);

    /// <summary>Makes a service's code ready, as <see cref="RunAsync"/> does with a job's before it runs it.</summary>
    IServiceRunner OpenService(LaunchOrder order, JobContext context);

    /// <summary>What the job's code threw, where the language wraps it.</summary>
    Exception OriginOf(Exception exception) => exception;

    /// <summary>Translates an exception that <see cref="RunAsync"/> or a service threw.</summary>
    ErrorInfo Describe(Exception exception);

    /// <summary>Restores the worker to what it was before the job. Called after the commit is sent.</summary>
    /// <returns>False when it can't be restored: the worker is replaced.</returns>
    Task<bool> ResetAsync();
}
