using System.Collections.Concurrent;
using Toil.Plugins;

namespace Toil.JobStores;

/// <summary>The kinds of storage that this process can open. Adapters register theirs when they are loaded.</summary>
public static class BlobStoreProviders
{
    private static readonly ConcurrentDictionary<string, IBlobStoreProvider> Known = new()
    {
        [JobStoreLocator.FileKind] = new FileBlobStoreProvider(),
    };

    /// <summary>Adds a kind, or replaces the provider of one.</summary>
    public static void Register(IBlobStoreProvider provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        Known[provider.Kind] = provider;
    }

    /// <exception cref="ToilException">Nothing here can open stores of that kind.</exception>
    internal static IBlobStoreProvider For(JobStoreLocator locator)
    {
        if (!Known.ContainsKey(locator.Kind))
        {
            PluginLoader.LoadFromEnvironment();
        }

        return Known.TryGetValue(locator.Kind, out var provider)
            ? provider
            : throw new ToilException(
                $"Can't open {locator}: job stores of kind '{locator.Kind}' are not available in this build. "
                + $"Available: {string.Join(", ", Known.Keys.Order(StringComparer.Ordinal))}. Use one of these, such as file:/shared/my-store"
                + $"{(JobStoreLocator.IsCloud(locator.Kind) ? "" : $"; load a plug-in that has the kind with --plugin or TOIL_PLUGINS; or write a path with a colon as file:{locator}")}.");
    }
}
