using System.Collections.Concurrent;
using Toil.Plugins;

namespace Toil.BatchSystems;

/// <summary>The batch systems that this process knows by name, beside its own machine. Adapters and plug-ins register theirs when they are loaded.</summary>
public static class BatchSystemProviders
{
    /// <summary>The batch system that needs no provider: this machine.</summary>
    public const string SingleMachine = "single_machine";

    private static readonly ConcurrentDictionary<string, IBatchSystemProvider> Known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What ships with the engine and is loaded when a name is chosen that isn't known without it.</summary>
    private static readonly string[] Adapters = ["Toil.BatchSystems.Grid"];

    private static readonly Lazy<bool> AdaptersLoaded = new(LoadAdapters);

    /// <summary>Every name that may be chosen now.</summary>
    public static IReadOnlyList<string> Names =>
        AdaptersLoaded.Value ? [SingleMachine, .. Known.Values.Select(provider => provider.Name).Order(StringComparer.Ordinal)] : [];

    /// <summary>Adds one, or replaces the provider of a name.</summary>
    /// <exception cref="ArgumentException">The name is the engine's own, or no name.</exception>
    public static void Register(IBatchSystemProvider provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        if (string.IsNullOrWhiteSpace(provider.Name) || IsSingleMachine(provider.Name))
        {
            throw new ArgumentException($"A batch system can't be registered as '{provider.Name}'. Give it a name of its own.", nameof(provider));
        }

        Known[provider.Name] = provider;
    }

    internal static bool IsSingleMachine(string name) => name.Equals(SingleMachine, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="UsageException">Nothing of that name has been registered.</exception>
    internal static IBatchSystemProvider For(string name) => Known.TryGetValue(name, out var provider) || (AdaptersLoaded.Value && Known.TryGetValue(name, out provider))
        ? provider
        : throw new UsageException(
            $"There is no batch system '{name}'. Available: {string.Join(", ", Names)}. One of your own is loaded with --plugin FILE.dll, or -Plugin.");

    /// <summary>A plug-in's own provider of the same name stays.</summary>
    private static bool LoadAdapters()
    {
        var registered = Known.ToArray();
        PluginLoader.LoadAdapters(Adapters);
        foreach (var (name, provider) in registered)
        {
            Known[name] = provider;
        }

        return true;
    }
}
