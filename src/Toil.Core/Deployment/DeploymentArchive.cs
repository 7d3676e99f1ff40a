using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using Toil.JobStores;

namespace Toil.Deployment;

/// <summary>
/// The workflow's own code as one blob of the job store, named by its content: the same files make the same archive, wherever
/// they lie and whenever they were written, and it is stored once.
/// </summary>
internal static class DeploymentArchive
{
    private const UnixFileMode Plain =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode Program = Plain | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Two blocks of zeros.</summary>
    private const int EndOfArchive = 2 * 512;

    /// <summary>Puts the files into the job store; does nothing when it has them.</summary>
    /// <returns>The archive's id: the SHA-256 of its content, in hexadecimal digits.</returns>
    public static async Task<string> CreateAsync(IBlobStore store, IEnumerable<DeploymentFile> files, CancellationToken cancellation = default)
    {
        var path = Path.Combine(Path.GetTempPath(), $"toil-archive-{Guid.NewGuid():N}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous };
        await using var packed = new FileStream(path, options);
        var id = await PackAsync(files, packed, cancellation).ConfigureAwait(false);
        if (await store.HeadAsync(KeyOf(id), cancellation).ConfigureAwait(false) is null)
        {
            packed.Position = 0;
            await store.PutAsync(KeyOf(id), packed, BlobPutOptions.IfAbsent, cancellation).ConfigureAwait(false);
        }

        return id;
    }

    /// <summary>Where an archive stands in its job store.</summary>
    public static string KeyOf(string id) => $"{JobStoreLayout.Code}{id}.tar.gz";

    private static async Task<string> PackAsync(IEnumerable<DeploymentFile> files, Stream packed, CancellationToken cancellation)
    {
        using var hash = SHA256.Create();
        var sorted = files.OrderBy(file => file.Path, StringComparer.Ordinal).ToList();
        await using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        await using (var hashed = new CryptoStream(zip, hash, CryptoStreamMode.Write))
        await using (var tar = new TarWriter(hashed, TarEntryFormat.Pax))
        {
            if (sorted.Count == 0)
            {
                // TarWriter marks the end of an archive only when it has entries, and no reader takes one without its end.
                await hashed.WriteAsync(new byte[EndOfArchive], cancellation).ConfigureAwait(false);
            }

            foreach (var file in sorted)
            {
                await AddAsync(tar, file, cancellation).ConfigureAwait(false);
            }
        }

        return Convert.ToHexStringLower(hash.Hash!);
    }

    private static async Task AddAsync(TarWriter tar, DeploymentFile file, CancellationToken cancellation)
    {
        await using var content = OpenRead(file.Source);
        await tar.WriteEntryAsync(
            new PaxTarEntry(TarEntryType.RegularFile, file.Path)
            {
                DataStream = content,
                Mode = (File.GetUnixFileMode(file.Source) & UnixFileMode.UserExecute) != 0 ? Program : Plain,
                ModificationTime = DateTimeOffset.UnixEpoch,
            },
            cancellation).ConfigureAwait(false);
    }

    private static FileStream OpenRead(string path)
    {
        try
        {
            return new FileStream(path, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, Share = FileShare.ReadWrite | FileShare.Delete });
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new ToilException($"{path} is part of the workflow's code and must travel to the nodes, but can't be read: {refused.Message} Give read access to it, move it away, or use --disableAutoDeployment where all nodes see the same files.", refused);
        }
    }
}
