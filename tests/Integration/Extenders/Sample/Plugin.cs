using Toil;
using Toil.BatchSystems;
using Toil.JobStores;

namespace Sample;

public sealed class Plugin : IToilPlugin
{
    public void Register()
    {
        BatchSystemProviders.Register(new ProcessesProvider());
        BlobStoreProviders.Register(new FolderProvider());
    }
}
