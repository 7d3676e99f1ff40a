using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Toil.Files;
using Toil.JobStores;

namespace Toil.CallCaching;

/// <summary>
/// SHA-256 of files' contents, remembered for as long as device, inode, size and modification time stay the same: for this process in memory, for all others in
/// small files.
/// </summary>
internal sealed class ContentHashes(string directory)
{
    private readonly ConcurrentDictionary<string, string> _known = new();

    /// <returns>The hash in hexadecimal digits.</returns>
    public string Of(string path)
    {
        var status = FileStatus.Of(path) ?? throw new FileNotFoundException($"There is no file {path}.", path);
        var identity = string.Create(CultureInfo.InvariantCulture, $"{status.Device:x}-{status.Inode:x}-{status.Size:x}-{status.ModifyNanoseconds:x}");
        return _known.TryGetValue(identity, out var known) ? known : _known[identity] = Recall(identity) ?? Compute(path, identity);
    }

    private string PlaceOf(string identity) => Path.Combine(directory, identity.Split('-')[1].PadLeft(2, '0')[^2..], identity);

    private string? Recall(string identity)
    {
        try
        {
            var text = File.ReadAllText(PlaceOf(identity));
            return text.Length == 2 * SHA256.HashSizeInBytes ? text : null;
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private string Compute(string path, string identity)
    {
        using var file = File.OpenRead(path);
        var hash = Convert.ToHexStringLower(SHA256.HashData(file));
        var place = PlaceOf(identity);
        var draft = $"{place}.{Guid.NewGuid():N}";
        FileModes.MakeDirectory(Path.GetDirectoryName(place)!);
        File.WriteAllBytes(draft, Encoding.ASCII.GetBytes(hash));
        File.Move(draft, place, overwrite: true);
        return hash;
    }
}
