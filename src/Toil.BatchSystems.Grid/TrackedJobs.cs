using System.Globalization;

namespace Toil.BatchSystems.Grid;

/// <summary>The jobs whose ends are waited for. May be used on any thread.</summary>
internal sealed class TrackedJobs(TimeProvider time)
{
    /// <summary>A job that isn't listed so often in a row, and that nobody knows anything of, is forgotten: an answer may have been incomplete.</summary>
    private const int MostMisses = 3;

    private const int MostIdCharacters = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Tracked> _byId = [];
    private long _touched;
    private int _listings;

    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _byId.Count == 0;
            }
        }
    }

    /// <param name="id">The scheduler's id.</param>
    /// <param name="bundle">The name that it was submitted under, without the entry.</param>
    /// <param name="entry">Its entry.</param>
    /// <param name="number">Its number in the workflow; null when it isn't known.</param>
    public void Add(string id, string bundle, int entry, long? number)
    {
        lock (_gate)
        {
            if (!_byId.TryGetValue(id, out var known) || !known.IsNamed(bundle, entry))
            {
                _byId[id] = new Tracked(bundle, entry, number, time.GetTimestamp());
            }
        }
    }

    /// <summary>A job that is listed, and perhaps not known.</summary>
    public void Add(string id, string name)
    {
        var dash = name.LastIndexOf('-');
        if (dash > 0 && int.TryParse(name.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var entry))
        {
            Add(id, name[..dash], entry, null);
        }
    }

    /// <summary>Something has been submitted, or may have been.</summary>
    public void Touch()
    {
        lock (_gate)
        {
            _touched = time.GetTimestamp();
        }
    }

    public bool IsUntouchedSince(long timestamp)
    {
        lock (_gate)
        {
            return _touched <= timestamp;
        }
    }

    /// <summary>The jobs that have ended, as a listing tells, or that are missing in it although they were submitted before it was asked for.</summary>
    /// <returns>Their ids, and their ends where the listing says so.</returns>
    public IReadOnlyList<(string Id, BatchJobEnd? End)> EndedIn(JobListing listing)
    {
        var ended = new List<(string, BatchJobEnd?)>();
        lock (_gate)
        {
            _listings++;
            foreach (var listed in listing.Jobs)
            {
                Note(listed, ended);
            }

            ended.AddRange(_byId.Where(job => job.Value.Listing != _listings && job.Value.Added <= listing.Began).Select(job => (job.Key, (BatchJobEnd?)null)));
        }

        return ended;
    }

    private void Note(ListedJobs listed, List<(string Id, BatchJobEnd? End)> ended)
    {
        var status = listed.Status;
        if (listed.Elements is null)
        {
            if (_byId.TryGetValue(status.Id, out var job) && job.IsNamed(status.Name))
            {
                Note(status, status.Id, job, ended);
            }

            return;
        }

        // Their ids are looked up without making them: an array that waits is listed again and again.
        var known = _byId.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> id = stackalloc char[MostIdCharacters];
        foreach (var (first, last) in listed.Elements)
        {
            for (var index = first; index <= last; index++)
            {
                if (id.TryWrite(CultureInfo.InvariantCulture, $"{status.Id}_{index}", out var length) && known.TryGetValue(id[..length], out var key, out var element) && element.IsNamed(status.Name, index))
                {
                    Note(status, key, element, ended);
                }
            }
        }
    }

    /// <summary>Of several jobs with one id and name the first counts.</summary>
    private void Note(BatchJobStatus status, string id, Tracked job, List<(string Id, BatchJobEnd? End)> ended)
    {
        if (job.Listing == _listings)
        {
            return;
        }

        job.Listing = _listings;
        if (status.State != BatchJobState.Ended)
        {
            job.Misses = 0;
        }
        else
        {
            ended.Add((id, status.End is { } end ? end with { Id = id } : null));
        }
    }

    /// <summary>A job is missing, and nobody knows why.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="patience">How long it must have been missing at least.</param>
    /// <param name="reason">What that means.</param>
    /// <returns>Its end, once it has been missing for long enough.</returns>
    public BatchJobEnd? Missing(string id, TimeSpan patience, BatchJobEndReason reason)
    {
        lock (_gate)
        {
            var job = _byId[id];
            if (job.Misses++ == 0)
            {
                job.MissingSince = time.GetTimestamp();
            }

            return job.IsCancelled ? new BatchJobEnd(id, BatchJobEndReason.Killed)
                : job.Misses >= MostMisses && time.GetElapsedTime(job.MissingSince) >= patience ? new BatchJobEnd(id, reason)
                : null;
        }
    }

    /// <summary>Jobs have been cancelled on purpose: some schedulers know them no more from then on.</summary>
    public void Cancelled(IEnumerable<string> ids)
    {
        lock (_gate)
        {
            foreach (var id in ids)
            {
                if (_byId.TryGetValue(id, out var job))
                {
                    job.IsCancelled = true;
                }
            }
        }
    }

    /// <summary>A job has ended.</summary>
    public (string Name, long? Number) Remove(string id)
    {
        lock (_gate)
        {
            return _byId.Remove(id, out var job) ? (job.Name, job.Number) : throw new InvalidOperationException($"No job {id} is waited for.");
        }
    }

    /// <remarks>There may be very many, and those of a bundle share its name.</remarks>
    private sealed class Tracked(string bundle, int entry, long? number, long added)
    {
        public string Name => FormattableString.Invariant($"{bundle}-{entry}");

        public long? Number => number;

        /// <summary>When it was known to have been submitted.</summary>
        public long Added => added;

        /// <summary>The last listing that it was in.</summary>
        public int Listing { get; set; }

        public int Misses { get; set; }

        public long MissingSince { get; set; }

        public bool IsCancelled { get; set; }

        public bool IsNamed(string otherBundle, int otherEntry) => entry == otherEntry && bundle == otherBundle;

        public bool IsNamed(ReadOnlySpan<char> name) =>
            name.Length > bundle.Length && name.StartsWith(bundle, StringComparison.Ordinal) && name[bundle.Length] == '-'
            && int.TryParse(name[(bundle.Length + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var named) && named == entry;
    }
}
