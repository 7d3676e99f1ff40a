namespace Toil.Worker;

/// <summary>Where a <c>pwsh</c> process becomes a worker; the loader calls it by name.</summary>
internal static class WorkerEntry
{
    public static int Run(string[] arguments)
    {
        _ = arguments;
        return 0;
    }
}
