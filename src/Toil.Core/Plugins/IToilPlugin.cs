namespace Toil;

/// <summary>
/// What an assembly of plug-ins offers. Every public class in it with this interface and a public constructor without parameters is created once
/// when the assembly is loaded (<c>--plugin FILE.dll</c>, <c>-Plugin</c>, or <c>TOIL_PLUGINS</c>), in the leader and in the workers on other nodes.
/// </summary>
public interface IToilPlugin
{
    /// <summary>
    /// Makes its offers known: <see cref="JobStores.BlobStoreProviders.Register"/>, <see cref="BatchSystems.BatchSystemProviders.Register"/>. Should do nothing
    /// else, and do it fast: it runs in every process that works for the workflow.
    /// </summary>
    void Register();
}
