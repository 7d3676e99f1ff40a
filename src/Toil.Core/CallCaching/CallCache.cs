using Toil.Agents;
using Toil.Files;
using Toil.JobStores;
using Toil.Values;

namespace Toil.CallCaching;

/// <summary>
/// Results of jobs in a directory that many workflows share, each under its key. An entry is made under another name and renamed when it is
/// complete and durable, so that readers find all of it or nothing, whoever is killed when; of several that make the same, one stays.
/// </summary>
internal sealed class CallCache
{
    private const string About = "about.json";
    private const string Value = "value";

    /// <summary>No entry takes so long to make.</summary>
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromDays(1);

    private readonly string _calls;
    private readonly string _drafts;

    /// <exception cref="ToilException">The directory can't be made.</exception>
    public CallCache(string directory)
    {
        _calls = Path.Combine(directory, "calls");
        _drafts = Path.Combine(directory, "tmp");
        Hashes = new ContentHashes(Path.Combine(directory, "hashes"));
        try
        {
            FileModes.MakeDirectory(_calls);
            FileModes.MakeDirectory(_drafts);
            RemoveAbandoned();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StorageFailure.From(failure, "make the call cache", directory);
        }
    }

    public ContentHashes Hashes { get; }

    /// <summary>All entries of a cache, in no order.</summary>
    public static IEnumerable<CachedCall> List(string directory)
    {
        var calls = Path.Combine(directory, "calls");
        var entries = Directory.Exists(calls)
            ? Directory.EnumerateDirectories(calls).SelectMany(Directory.EnumerateDirectories)
            : throw new ToilException($"{directory} is no call cache: it has no directory 'calls'. Name the one that --callCache names.");
        return entries.Select(ReadAbout).OfType<CachedCall>();
    }

    /// <summary>Takes an entry's result into an attempt's folder.</summary>
    /// <returns>The attempt's commit; null when there is no such entry, or not as it was made.</returns>
    public async Task<byte[]?> TryTakeAsync(CallKey key, FileShelf shelf, CancellationToken cancellation)
    {
        var entry = EntryOf(key);
        if (ReadAbout(entry) is not { } about || !IsWhole(entry, about))
        {
            return null;
        }

        var taken = new Dictionary<string, FileId>();
        for (var i = 0; i < about.Results.Count; i++)
        {
            var file = about.Results[i];
            var source = SourceFile.Find(FileIn(entry, i), file.Name, "take from the call cache");
            taken[file.Key] = (await shelf.TakeAsync(source, file.Name, FileTaking.Share, cancellation).ConfigureAwait(false)).Id;
        }

        await shelf.SyncAsync(cancellation).ConfigureAwait(false);
        var value = ValueFileKeys.Replace(ReadValue(Path.Combine(entry, Value)), file => taken[file.Key]);
        return CallResult.ToCommit(value);
    }

    /// <summary>Keeps a result.</summary>
    public async Task AddAsync(CallKey key, EncodedValue value, LaunchOrder order, string workflow, FileDepot depot, CancellationToken cancellation)
    {
        var entry = EntryOf(key);
        if (Directory.Exists(entry))
        {
            return;
        }

        var draft = Path.Combine(_drafts, Guid.NewGuid().ToString("N"));
        FileModes.MakeDirectory(draft);
        try
        {
            var about = new CachedCall(key, order.JobName, workflow, DateTimeOffset.UtcNow, await PlaceAsync(draft, value, depot, cancellation).ConfigureAwait(false));
            Write(Path.Combine(draft, Value), Encode(value));
            Write(Path.Combine(draft, About), about.ToBytes());
            DurableDirectory.Sync(draft);
            Publish(draft, entry);
        }
        finally
        {
            TempTree.Remove(draft);
        }
    }

    private static async Task<List<CachedFile>> PlaceAsync(string draft, EncodedValue value, FileDepot depot, CancellationToken cancellation)
    {
        var results = new List<CachedFile>();
        foreach (var file in ValueFiles.Named(value))
        {
            var source = depot.Locate(file);
            var place = FileIn(draft, results.Count);
            await FilePlacer.PlaceAsync(source.Path, place, FileModes.Frozen(file.Executable), mayLink: !source.IsExported, cancellation).ConfigureAwait(false);
            DiskSync.Instance.SyncFile(place);
            results.Add(new CachedFile(file.Key, file.Name, file.Size, file.Executable, FileStatus.Of(place)!.Value.ModifyNanoseconds));
        }

        return results;
    }

    private static void Publish(string draft, string entry)
    {
        FileModes.MakeDirectory(Path.GetDirectoryName(entry)!);
        try
        {
            Directory.Move(draft, entry);
        }
        catch (IOException) when (Directory.Exists(entry))
        {
            // Another workflow was first.
            return;
        }

        DurableDirectory.Sync(Path.GetDirectoryName(entry)!);
    }

    /// <summary>A file that is gone or was changed, by whoever got it out of some job store, makes the entry void.</summary>
    private static bool IsWhole(string entry, CachedCall about)
    {
        for (var i = 0; i < about.Results.Count; i++)
        {
            if (FileStatus.Of(FileIn(entry, i)) is not { IsRegular: true } status
                || status.Size != about.Results[i].Size || status.ModifyNanoseconds != about.Results[i].ModifyNanoseconds)
            {
                return false;
            }
        }

        return true;
    }

    private static CachedCall? ReadAbout(string entry)
    {
        try
        {
            return CachedCall.Parse(File.ReadAllBytes(Path.Combine(entry, About)));
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static byte[] Encode(EncodedValue value)
    {
        var writer = new ByteWriter(value.Body.Length + 16);
        value.WriteTo(writer);
        return SealedBytes.Seal(writer.Written.Span);
    }

    private static EncodedValue ReadValue(string path)
    {
        var reader = new ByteReader(SealedBytes.Open(File.ReadAllBytes(path), path).Span);
        return EncodedValue.ReadFrom(ref reader);
    }

    private static void Write(string path, byte[] content)
    {
        File.WriteAllBytes(path, content);
        DiskSync.Instance.SyncFile(path);
    }

    private static string FileIn(string entry, int index) => Path.Combine(entry, index.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private string EntryOf(CallKey key) => Path.Combine(_calls, key.Name[..2], key.Name);

    private void RemoveAbandoned()
    {
        foreach (var draft in Directory.EnumerateDirectories(_drafts).Where(draft => DateTime.UtcNow - Directory.GetLastWriteTimeUtc(draft) > AbandonedAfter))
        {
            TempTree.Remove(draft);
        }
    }
}
