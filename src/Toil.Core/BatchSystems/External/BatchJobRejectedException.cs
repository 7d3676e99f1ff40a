namespace Toil.BatchSystems;

/// <summary>A scheduler will never take a job. The job fails with this message, without another try.</summary>
/// <param name="name">The <see cref="BatchJob.Name"/>.</param>
/// <param name="message">What the scheduler says, and what could be done.</param>
public sealed class BatchJobRejectedException(string name, string message) : ToilException(message)
{
    public string Name { get; } = name;
}
