namespace Toil;

/// <summary>The workflow was stopped before its end. Everything that finished is kept in the job store.</summary>
public sealed class WorkflowCancelledException(string jobStore)
    : ToilException($"The workflow was stopped. What finished is kept; go on with: --restart --jobStore {jobStore}, or Resume-ToilWorkflow '{jobStore}'.")
{
    public string JobStore { get; } = jobStore;
}
