using System.Reflection;
using System.Runtime.Loader;

namespace Toil.Loader;

/// <summary>
/// Keeps Toil's assemblies and what they depend on apart from those of the shell, which may have loaded other versions.
/// This is the only type that the shell's own context sees.
/// </summary>
public sealed class ToilLoadContext : AssemblyLoadContext
{
    private static readonly string Folder = Path.GetDirectoryName(typeof(ToilLoadContext).Assembly.Location)!;
    private static readonly Lazy<Assembly> Cmdlets = new(() => new ToilLoadContext().LoadFromAssemblyPath(PathOf("Toil.PowerShell")));

    private ToilLoadContext() : base("Toil") { }

    /// <summary>The assembly with the cmdlets; the same one however often the module is imported.</summary>
    public static Assembly LoadCmdlets() => Cmdlets.Value;

    /// <summary>Makes this process a worker until its agent lets it go.</summary>
    /// <returns>The process's exit code.</returns>
    public static int RunWorker(string[] arguments) =>
        (int)LoadCmdlets().GetType("Toil.Worker.WorkerEntry", throwOnError: true)!
            .GetMethod("Run", BindingFlags.Static | BindingFlags.Public)!
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [arguments], null)!;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        ArgumentNullException.ThrowIfNull(assemblyName);
        var path = PathOf(assemblyName.Name!);
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    private static string PathOf(string name) => Path.Combine(Folder, $"{name}.dll");
}
