using Toil.Jobs;
using Toil.Values;

namespace Toil.Running;

/// <summary>
/// Puts imported files in the place of pending imports. Arguments are encoded when a job is made, so the files come as
/// promises of small jobs without a process of their own, which stand before all others and hand out what was imported.
/// </summary>
internal static class ImportJobs
{
    /// <summary>A path is found by counting, so no list of files is long.</summary>
    private const int FilesPerJob = 256;

    private const int InParallel = 16;

    /// <summary>Imports whatever the jobs and the result still wait for.</summary>
    public static async Task PerformAsync(
        IReadOnlyList<Job> seeds, UnboundValue result, Func<string, CancellationToken, Task<FileId>> import, CancellationToken cancellation)
    {
        var graph = JobGraph.Collect(seeds, owner: null);
        var holes = graph.Jobs.Select(job => job.Arguments.Holes).Append(result.Holes).ToList();
        var pending = holes.SelectMany(promises => promises.OfType<PendingImport>()).Distinct().ToList();
        if (pending.Count == 0)
        {
            return;
        }

        var files = await ImportAllAsync([.. pending.Select(one => one.Url).Distinct()], import, cancellation).ConfigureAwait(false);
        var roots = graph.Roots.Where(root => !pending.Exists(one => one.Producer == root)).ToList();
        Bind(holes, HandOut(files, roots));
    }

    /// <summary>The job's body.</summary>
    public static object?[] Files(object?[] files) => files;

    private static async Task<Dictionary<string, FileId>> ImportAllAsync(
        string[] urls, Func<string, CancellationToken, Task<FileId>> import, CancellationToken cancellation)
    {
        var files = new FileId[urls.Length];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = InParallel, CancellationToken = cancellation };
        await Parallel.ForAsync(0, urls.Length, parallel, async (at, token) => files[at] = await import(urls[at], token).ConfigureAwait(false)).ConfigureAwait(false);
        return urls.Zip(files).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    /// <summary>One job after the other, and the workflow's own roots after the last.</summary>
    private static Dictionary<string, Promise> HandOut(Dictionary<string, FileId> files, List<Job> roots)
    {
        var promises = new Dictionary<string, Promise>();
        Job? last = null;
        foreach (var chunk in files.Chunk(FilesPerJob))
        {
            var job = MethodJob.Create((Func<object?[], object?[]>)Files, [chunk.Select(file => (object?)file.Value).ToArray()], Vehicle.Inline);
            job.Name = "imports";
            last = last is null ? job : last.AddChild(job);
            for (var i = 0; i < chunk.Length; i++)
            {
                promises[chunk[i].Key] = job.Rv(i);
            }
        }

        roots.ForEach(root => last!.AddChild(root));
        return promises;
    }

    private static void Bind(List<Promise[]> holes, Dictionary<string, Promise> promises)
    {
        foreach (var promised in holes)
        {
            for (var i = 0; i < promised.Length; i++)
            {
                promised[i] = promised[i] is PendingImport import ? promises[import.Url] : promised[i];
            }
        }
    }
}
