using System.Reflection;
using System.Runtime.CompilerServices;

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

    /// <summary>Weakly: the types of scripts are let go with their runspace.</summary>
    private readonly ConditionalWeakTable<Assembly, object?> _known = [];
    private int _count;

    public AssemblyWatch() => AnyNew();

    public bool AnyNew()
    {
        var now = AppDomain.CurrentDomain.GetAssemblies();
        if (now.Length == _count)
        {
            return false;
        }

        _count = now.Length;
        var found = false;
        foreach (var assembly in now)
        {
            found |= _known.TryAdd(assembly, null) && !IsHarmless(assembly);
        }

        return found;
    }

    private static bool IsHarmless(Assembly assembly) => assembly.IsDynamic
        ? OfTheRuntime.Contains(assembly.GetName().Name ?? "")
        : HarmlessFolders.Any(folder => assembly.Location.StartsWith(folder, StringComparison.Ordinal));
}
