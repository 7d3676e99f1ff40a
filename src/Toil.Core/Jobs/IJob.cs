namespace Toil;

/// <summary>A job as a class: its public settable properties are its arguments, kept in the job store and set again in the worker.</summary>
public interface IJob
{
    /// <summary>Does the work. What it returns is the job's value; it may contain promises of jobs that it added.</summary>
    Task<object?> RunAsync(JobContext job);
}
