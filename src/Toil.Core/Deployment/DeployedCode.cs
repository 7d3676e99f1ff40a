using System.Text.Json;
using Toil.JobStores;

namespace Toil.Deployment;

/// <summary>What a workflow has deployed, as its job store says: which folders of the leader's machine stand in which archive.</summary>
/// <param name="Archive">The archive's id.</param>
/// <param name="Folders">The folders as the leader knows them; the first stands below <c>0/</c> in the archive, and so on.</param>
internal sealed record DeployedCode(string Archive, IReadOnlyList<string> Folders)
{
    private const string Key = JobStoreLayout.Code + "deployed.json";

    /// <summary>Stores the files, and makes workers that start from now on use them.</summary>
    /// <param name="store">The job store.</param>
    /// <param name="folders">The folders, with the files of each; their paths are relative to it.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task PublishAsync(
        IBlobStore store, IReadOnlyList<(string Folder, IEnumerable<DeploymentFile> Files)> folders, CancellationToken cancellation = default)
    {
        var files = folders.SelectMany((folder, number) => folder.Files.Select(file => file with { Path = FormattableString.Invariant($"{number}/{file.Path}") }));
        var archive = await DeploymentArchive.CreateAsync(store, files, cancellation).ConfigureAwait(false);
        var deployed = new DeployedCode(archive, [.. folders.Select(folder => folder.Folder)]);
        await store.PutAsync(Key, JsonSerializer.SerializeToUtf8Bytes(deployed), BlobPutOptions.Replace, cancellation).ConfigureAwait(false);
    }

    /// <returns>Null when nothing was deployed: files are then where the leader sees them.</returns>
    public static async Task<DeployedCode?> FindAsync(IBlobStore store, CancellationToken cancellation = default) =>
        await store.ReadAllAsync(Key, cancellation).ConfigureAwait(false) is { } bytes ? JsonSerializer.Deserialize<DeployedCode>(bytes) : null;
}
