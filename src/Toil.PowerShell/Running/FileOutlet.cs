using Toil.Files;
using Toil.JobStores;
using Toil.Worker;

namespace Toil.Running;

/// <summary>Copies a global file out of wherever it can be reached.</summary>
internal static class FileOutlet
{
    /// <exception cref="ToilException">No job store is open, and none was named.</exception>
    public static Task ExportAsync(FileId file, string target, string? store, CancellationToken cancellation)
    {
        if (store is not null)
        {
            return ExportFromStoreAsync(file, target, store, cancellation);
        }

        return RunningJob.Current is { } job ? job.Context.Files.ExportAsync(file, target, cancellation)
            : OpenWorkflow.Current is { } open ? open.ExportAsync(file, target, cancellation)
            : throw new ToilException($"{file.Name} can't be reached: no workflow is open. Pipe Start-ToilWorkflow into Export-ToilFile; or keep the job store (-Clean Never) and name it with -JobStore.");
    }

    private static async Task ExportFromStoreAsync(FileId file, string target, string locator, CancellationToken cancellation)
    {
        await using var store = await JobStore.OpenAsync(JobStoreLocator.Parse(locator), cancellation).ConfigureAwait(false);
        var source = FileDepot.Of(store).Locate(file);
        await new FileExporter(() => Environment.CurrentDirectory).ExportAsync(source, file.Executable, target, cancellation).ConfigureAwait(false);
    }
}
