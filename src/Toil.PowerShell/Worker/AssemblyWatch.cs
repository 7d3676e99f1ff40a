using System.Reflection;

namespace Toil.Worker;

/// <summary>Notices types that a job brought in (classes, Add-Type, libraries): they can't be unloaded, and the next job would see them.</summary>
internal sealed class AssemblyWatch
{
    /// <summary>What the runtime emits for itself while it runs scripts.</summary>
    private static readonly HashSet<string> OfTheRuntime = ["Anonymously Hosted DynamicMethods Assembly", "Snippets"];

    private static readonly string[] HarmlessFolders =
    [
        Path.GetDirectoryName(typeof(object).Assembly.Location)!,
        Path.GetDirectoryName(typeof(System.Management.Automation.PSObject).Assembly.Location)!,
        Path.GetDirectoryName(typeof(AssemblyWatch).Assembly.Location)!,
    ];

    private readonly HashSet<Assembly> _known = [.. AppDomain.CurrentDomain.GetAssemblies()];
    private int _count = AppDomain.CurrentDomain.GetAssemblies().Length;

    public bool AnyNew()
    {
        var now = AppDomain.CurrentDomain.GetAssemblies();
        if (now.Length == _count)
        {
            return false;
        }

        _count = now.Length;
        return now.Any(assembly => _known.Add(assembly) && !IsHarmless(assembly));
    }

    private static bool IsHarmless(Assembly assembly) => assembly.IsDynamic
        ? OfTheRuntime.Contains(assembly.GetName().Name ?? "")
        : HarmlessFolders.Any(folder => assembly.Location.StartsWith(folder, StringComparison.Ordinal));
}
