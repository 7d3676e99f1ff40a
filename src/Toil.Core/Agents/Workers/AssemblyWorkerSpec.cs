using System.Reflection;

namespace Toil.Agents;

/// <summary>How to start the user's own program again as a worker.</summary>
internal static class AssemblyWorkerSpec
{
    /// <exception cref="ToilException">This process has no program of its own to start again.</exception>
    public static WorkerSpec OfThisProgram()
    {
        var entry = Assembly.GetEntryAssembly()?.Location;
        var host = Environment.ProcessPath ?? "";
        return (entry, IsMuxer: Path.GetFileNameWithoutExtension(host) == "dotnet") switch
        {
            ({ Length: > 0 }, true) => new WorkerSpec(host, entry),

            // A single-file program has no entry assembly on disk: it is its host.
            (_, false) when host.Length > 0 => new WorkerSpec(host),
            _ => throw new ToilException("This process isn't a .NET program that could be started again to run C# jobs. Build the workflow in a program of its own."),
        };
    }
}
