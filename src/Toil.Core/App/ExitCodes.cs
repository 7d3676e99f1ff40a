using Toil.JobStores;
using Toil.Journaling;

namespace Toil;

/// <summary>Which exit code an error means.</summary>
internal static class ExitCodes
{
    public static int Of(Exception error) => error switch
    {
        UsageException => ExitCode.Usage,
        WorkflowCancelledException or OperationCanceledException => ExitCode.Cancelled,
        JobStoreExistsException or NoSuchJobStoreException or LeaderRunningException
            or JournalDamagedException or JournalFencedException or JournalFailedException => ExitCode.JobStore,
        _ => ExitCode.WorkflowFailed,
    };
}
