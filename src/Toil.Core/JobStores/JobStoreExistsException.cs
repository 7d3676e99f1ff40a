namespace Toil.JobStores;

/// <summary>A workflow can't be started where another's state is.</summary>
public sealed class JobStoreExistsException : ToilException
{
    internal JobStoreExistsException(JobStoreLocator locator)
        : base($"There is a job store at {locator} already. To go on with its workflow: toil run … --restart, or Resume-ToilWorkflow. "
            + $"To begin anew, remove it first: toil clean {locator}, or Remove-ToilJobStore '{locator}'.")
    {
    }
}
