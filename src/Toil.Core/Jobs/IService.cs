namespace Toil;

/// <summary>
/// A service as a class: something that runs beside other jobs for as long as they need it, such as a database server.
/// Its public settable properties are its arguments, kept in the job store and set again in the worker.
/// </summary>
public interface IService
{
    /// <summary>Starts it.</summary>
    /// <returns>What its users need to reach it; they get it in the place of the service's promise.</returns>
    Task<object?> StartAsync(JobContext job);

    /// <summary>Tells whether it is still fit for use. Called again and again while it runs, at <c>--servicePollingInterval</c>.</summary>
    /// <returns>False when it has ended as it should; it then waits to be stopped.</returns>
    /// <exception cref="Exception">It has failed: its users fail with it.</exception>
    Task<bool> CheckAsync(JobContext job);

    /// <summary>Stops it: its users have ended, or the workflow was stopped.</summary>
    Task StopAsync(JobContext job);
}
