using System.Diagnostics;
using Toil.Agents;
using Toil.Files;
using Xunit;
using static Toil.Tests.Files.FileStoreWorld;

namespace Toil.Tests.Files;

/// <summary>Figures rather than verdicts: they depend on the disk. Run with <c>--explicit only</c>.</summary>
public sealed class FileStoreThroughputTests(ITestOutputHelper output)
{
    private const int Files = 100;
    private const int Size = 10_000_000;

    [Fact(Explicit = true)]
    public async Task Figures_WriteSyncAndReadHundredFilesOfTenMegabytes()
    {
        using var world = new FileStoreWorld();
        var depot = new FileDepot(world.Store);
        var content = new byte[Size];
        new Random(1).NextBytes(content);
        var written = new FileId[Files];
        var watch = Stopwatch.StartNew();
        await Parallel.ForAsync(0, Files, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (i, cancel) =>
        {
            await using var store = new AttemptFileStore(depot, new AttemptId(i, 1, 1), world.Work);
            var path = Path.Combine(store.TempDirectory, "out.bin");
            await File.WriteAllBytesAsync(path, content, cancel);
            written[i] = await store.WriteAsync(path, null, false, cancel);
            await store.SyncAsync(cancel);
        });
        output.WriteLine($"{Files} jobs wrote 10 MB each, durable, in {watch.Elapsed.TotalSeconds:F2} s");
        watch.Restart();
        await Parallel.ForAsync(0, Files, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (i, cancel) =>
        {
            await using var store = new AttemptFileStore(depot, new AttemptId(Files + i, 1, 1), world.Work);
            Assert.Equal(Size, (await File.ReadAllBytesAsync(await store.ReadAsync(written[i], null, false, false, cancel), cancel)).Length);
            await store.SyncAsync(cancel);
        });
        output.WriteLine($"{Files} jobs read them in {watch.Elapsed.TotalSeconds:F2} s");
    }

    [Fact(Explicit = true)]
    public async Task Figures_AttemptsThatMoveNoFiles()
    {
        using var world = new FileStoreWorld();
        const int Attempts = 1_000_000;
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Attempts; i++)
        {
            await using var store = new AttemptFileStore(world.Depot, new AttemptId(i, 1, 1), world.Work);
            await store.SyncAsync(Cancel);
        }

        output.WriteLine($"{watch.Elapsed.TotalMicroseconds / Attempts:F2} µs for an attempt that moves no files");
    }

    [Fact(Explicit = true)]
    public async Task Figures_ManySmallFiles()
    {
        using var world = new FileStoreWorld();
        var depot = new FileDepot(world.Store);
        var watch = Stopwatch.StartNew();
        await Parallel.ForAsync(0, 5_000, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (i, cancel) =>
        {
            await using var store = new AttemptFileStore(depot, new AttemptId(i, 1, 1), world.Work);
            await store.WriteAsync(MakeFile(store, "small", "x"), null, false, cancel);
            await store.SyncAsync(cancel);
        });
        output.WriteLine($"{watch.Elapsed.TotalMilliseconds / 5_000:F2} ms for an attempt that writes one small file, two at a time");
    }
}
