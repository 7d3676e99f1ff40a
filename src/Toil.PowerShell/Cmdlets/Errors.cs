using System.Management.Automation;
using Toil.JobStores;

namespace Toil.Cmdlets;

/// <summary>Turns the engine's errors into error records with a true category.</summary>
internal static class Errors
{
    /// <summary>Errors that tell the user something; all else is a defect and keeps its stack.</summary>
    public static bool IsExpected(Exception error) =>
        error is ToilException or IOException or UnauthorizedAccessException or ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException
            or NotSupportedException or ArgumentException or FormatException;

    public static ErrorRecord ToRecord(Exception error, string errorId, object? target) => new(error, errorId, CategoryOf(error), target);

    private static ErrorCategory CategoryOf(Exception error) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException or ItemNotFoundException or NoSuchJobStoreException => ErrorCategory.ObjectNotFound,
        UnauthorizedAccessException => ErrorCategory.PermissionDenied,
        IOException => ErrorCategory.WriteError,
        ArgumentException or FormatException => ErrorCategory.InvalidArgument,
        NotSupportedException => ErrorCategory.NotImplemented,
        JobGraphException => ErrorCategory.InvalidData,
        _ => ErrorCategory.InvalidOperation,
    };
}
