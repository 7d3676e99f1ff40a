using Toil.JobStores;
using Toil.Plugins;
using Toil.Tests.JobStores;

namespace Toil.Integration.Tests.Extenders;

/// <summary>A third party's storage keeps the contract.</summary>
public sealed class PluginStoreTests(SamplePlugin plugin) : BlobStoreContract, IClassFixture<SamplePlugin>
{
    protected override async ValueTask<IBlobStore> OpenEmptyAsync()
    {
        PluginLoader.Load([plugin.Path]);
        var locator = JobStoreLocator.Parse($"folder:{Local["store"]}");
        return (await BlobStoreProviders.For(locator).OpenAsync(locator, create: true, Cancel))!;
    }
}
