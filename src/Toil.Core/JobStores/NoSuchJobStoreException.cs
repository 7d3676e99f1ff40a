namespace Toil.JobStores;

/// <summary>There is no job store where one was asked for.</summary>
public sealed class NoSuchJobStoreException : ToilException
{
    internal NoSuchJobStoreException(JobStoreLocator locator)
        : base($"There is no job store at {locator}. Check the locator; to start a workflow there: toil run … without --restart, or Start-ToilWorkflow -JobStore '{locator}'.")
    {
    }
}
