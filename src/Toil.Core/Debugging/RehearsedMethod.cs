using System.Reflection;
using System.Runtime.Loader;
using Toil.Agents;
using Toil.Jobs;
using Toil.Values;

namespace Toil.Debugging;

/// <summary>Runs a rehearsed C# job in this process, where a debugger can be attached.</summary>
internal static class RehearsedMethod
{
    /// <param name="rehearsal">The job.</param>
    /// <param name="program">The program that made the workflow: its .dll, or the executable beside it; null where that is this program.</param>
    /// <param name="log">Takes what the job logs.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>What it returned.</returns>
    public static async Task<object?> RunAsync(JobRehearsal rehearsal, string? program, Action<LogLevel, string> log, CancellationToken cancellation)
    {
        if (program is not null)
        {
            Load(program);
        }

        var context = AttemptBody.Context(rehearsal.Order, rehearsal.Files, log, logsInRealTime: true, cancellation);
        return await MethodJob.RunAsync(rehearsal.Order.Code, ValueReader.Read(rehearsal.Order.Arguments), context).ConfigureAwait(false);
    }

    private static void Load(string program)
    {
        var path = Path.GetFullPath(Path.GetExtension(program) is ".dll" or ".exe" ? program : program + ".dll");
        if (!File.Exists(path))
        {
            throw new ToilException($"There is no file {path}. Give the program that made the workflow with --program: its .dll, or the executable beside it.");
        }

        var resolver = new AssemblyDependencyResolver(path);
        AssemblyLoadContext.Default.Resolving += (context, name) => resolver.ResolveAssemblyToPath(name) is { } found ? context.LoadFromAssemblyPath(found) : null;
        Assembly.LoadFrom(path);
    }
}
