using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using Toil.Files;
using Toil.JobStores;

namespace Toil.Deployment;

/// <summary>Unpacked archives on a node, shared by all processes of the workflow there.</summary>
/// <param name="directory">Where they stand; made when it is missing.</param>
internal sealed class DeploymentCache(string directory)
{
    /// <summary>
    /// The folder that holds an archive's content, unpacked now unless another process was first. What is half
    /// unpacked stands under another name: a process that is killed leaves nothing that could be taken for the whole.
    /// </summary>
    /// <exception cref="ToilException">The job store doesn't have it, or has it damaged.</exception>
    public async Task<string> UnpackAsync(IBlobStore store, string id, CancellationToken cancellation = default)
    {
        // After a power cut the folder may hold files without their data, so each boot has its own.
        var target = Path.Combine(directory, $"{id}-{HostProcesses.Current.BootId[..8].Trim()}");
        if (Directory.Exists(target))
        {
            return target;
        }

        var draft = Path.Combine(directory, $"unfinished-{Guid.NewGuid():N}");
        FileModes.MakeDirectory(draft);
        try
        {
            await ExtractAsync(store, id, draft, cancellation).ConfigureAwait(false);
            return TryRename(draft, target);
        }
        finally
        {
            if (Directory.Exists(draft))
            {
                TempTree.Remove(draft);
            }
        }
    }

    private static string TryRename(string draft, string target)
    {
        try
        {
            Directory.Move(draft, target);
        }
        catch (IOException) when (Directory.Exists(target))
        {
            // Another process was first; its content is the same.
        }

        return target;
    }

    private static async Task ExtractAsync(IBlobStore store, string id, string draft, CancellationToken cancellation)
    {
        try
        {
            using var hash = SHA256.Create();
            await using (var packed = await store.OpenReadAsync(DeploymentArchive.KeyOf(id), cancellation).ConfigureAwait(false))
            await using (var plain = new GZipStream(packed, CompressionMode.Decompress))
            await using (var hashed = new CryptoStream(plain, hash, CryptoStreamMode.Read))
            {
                await TarFile.ExtractToDirectoryAsync(hashed, draft, overwriteFiles: false, cancellation).ConfigureAwait(false);
                await hashed.CopyToAsync(Stream.Null, cancellation).ConfigureAwait(false);
            }

            if (Convert.ToHexStringLower(hash.Hash!) != id)
            {
                throw new InvalidDataException("its content isn't what its name says");
            }
        }
        catch (InvalidDataException damage)
        {
            throw new ToilException($"The archive of the workflow's code, {DeploymentArchive.KeyOf(id)} in the job store, is damaged: {damage.Message}. Delete it and resume the workflow where its scripts are: it is then made again.", damage);
        }
        catch (NoSuchBlobException missing)
        {
            throw new ToilException($"The job store has no archive {DeploymentArchive.KeyOf(id)} of the workflow's code. Resume the workflow where its scripts are: it is then made again.", missing);
        }
    }
}
