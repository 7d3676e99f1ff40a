using Toil.Deployment;
using Toil.JobStores;

namespace Toil.Worker;

/// <summary>Where the workflow's scripts and modules stand on this node.</summary>
internal sealed class NodeCode
{
    private readonly (string Original, string Local)[] _folders;

    private NodeCode(params (string, string)[] folders) => _folders = folders;

    /// <summary>This process's; files are where the leader has them unless a worker has found them deployed.</summary>
    public static NodeCode Current { get; set; } = new();

    /// <summary>Unpacks what the workflow has deployed, if it has, and if no other process of this node has done it.</summary>
    public static async Task<NodeCode> OpenAsync(string locator, string workDirectory)
    {
        await using var store = await JobStore.OpenAsync(JobStoreLocator.Parse(locator)).ConfigureAwait(false);
        if (await DeployedCode.FindAsync(store.Blobs).ConfigureAwait(false) is not { } deployed)
        {
            return new NodeCode();
        }

        var unpacked = await new DeploymentCache(new NodeAgentLayout(workDirectory).Code).UnpackAsync(store.Blobs, deployed.Archive).ConfigureAwait(false);
        return new NodeCode([.. deployed.Folders.Select((folder, number) => (folder, Path.Combine(unpacked, FormattableString.Invariant($"{number}"))))]);
    }

    /// <summary>Where a file of the leader's machine is here.</summary>
    public string ToLocal(string path) => Array.Find(_folders, folder => IsIn(path, folder.Original)) is { Original: not null } found
        ? found.Local + path[found.Original.Length..]
        : path;

    /// <summary>Where the leader has a file of this node.</summary>
    public string ToOriginal(string path) => Array.Find(_folders, folder => IsIn(path, folder.Local)) is { Original: not null } found
        ? found.Original + path[found.Local.Length..]
        : path;

    /// <summary>An error that names files as the user knows them.</summary>
    public ErrorInfo ToOriginal(ErrorInfo error)
    {
        foreach (var (original, local) in _folders)
        {
            error = error with { Message = error.Message.Replace(local, original, StringComparison.Ordinal), Position = error.Position.Replace(local, original, StringComparison.Ordinal) };
        }

        return error;
    }

    private static bool IsIn(string path, string folder) =>
        path.StartsWith(folder, StringComparison.Ordinal) && (path.Length == folder.Length || path[folder.Length] == '/');
}
