using System.Management.Automation;
using Toil.JobStores;
using Toil.Journaling;

namespace Toil.Running;

/// <summary>What ended a workflow, as an error record with a stable id.</summary>
internal static class WorkflowErrors
{
    public static ErrorRecord ToRecord(Exception error) => error switch
    {
        FailedJobsException failed => new ErrorRecord(error, "JobsFailed", CategoryOf(failed), failed.Jobs),
        JobGraphException => new ErrorRecord(error, "InvalidGraph", ErrorCategory.InvalidData, null),
        JobStoreExistsException => new ErrorRecord(error, "JobStoreExists", ErrorCategory.ResourceExists, null),
        NoSuchJobStoreException => new ErrorRecord(error, "NoSuchJobStore", ErrorCategory.ObjectNotFound, null),
        LeaderRunningException => new ErrorRecord(error, "WorkflowIsRunning", ErrorCategory.ResourceBusy, null),
        JournalDamagedException => new ErrorRecord(error, "JournalDamaged", ErrorCategory.InvalidData, null),
        WorkflowCancelledException or OperationCanceledException => new ErrorRecord(error, "WorkflowStopped", ErrorCategory.OperationStopped, null),
        UsageException => new ErrorRecord(error, "InvalidOption", ErrorCategory.InvalidArgument, null),
        UnauthorizedAccessException => new ErrorRecord(error, "AccessDenied", ErrorCategory.PermissionDenied, null),
        _ => new ErrorRecord(error, "WorkflowFailed", ErrorCategory.InvalidOperation, null),
    };

    /// <summary>The category of the only failure, as PowerShell gave it in the job.</summary>
    private static ErrorCategory CategoryOf(FailedJobsException failed) =>
        failed.Jobs.Count == 1 && Enum.TryParse<ErrorCategory>(failed.Jobs[0].Error.Category, out var category) ? category : ErrorCategory.OperationStopped;
}
