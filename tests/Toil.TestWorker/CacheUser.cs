using Toil.Files;
using Toil.JobStores;

namespace Toil.TestWorker;

/// <summary>Reads files through a node's cache, over and over, and ends with 1 as soon as one isn't what its name says.</summary>
internal static class CacheUser
{
    public static readonly Guid Workflow = new("5a5a5a5a-0000-0000-0000-000000000000");

    /// <param name="root">The cache.</param>
    /// <param name="store">A directory with <c>files/n</c>, each of which holds 100,000 times the byte n.</param>
    public static async Task<int> RunAsync(string root, string store)
    {
        const int files = 20;
        const int size = 100_000;
        const long modified = 1_000_000_007;
        await using var blobs = new FileBlobStore(store, TimeProvider.System);

        // Room for a third of them, so that copies are evicted all the time.
        var cache = new NodeCache(root, Workflow, blobs, new ByteSize(files / 3 * size));
        var link = Path.Combine(store, $"link-{Environment.ProcessId}");
        Console.WriteLine("ready");
        while (true)
        {
            var number = Random.Shared.Next(files);
            var file = new FileId($"files/{number}", $"{number}", size);
            if (await cache.FetchAsync(file, modified, CancellationToken.None) is not { } copy || NativeFiles.Link(copy, link) != 0)
            {
                continue;
            }

            var content = await File.ReadAllBytesAsync(link);
            File.Delete(link);
            if (content.Length != size || content.Any(one => one != number))
            {
                Console.WriteLine($"{copy} is wrong");
                return 1;
            }
        }
    }
}
