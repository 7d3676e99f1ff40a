namespace Toil.BatchSystems.Grid;

/// <summary>The jobs whose ends are waited for. May be used on any thread.</summary>
internal sealed class TrackedJobs(TimeProvider time)
{
    /// <summary>A job that isn't listed so often in a row, and that nobody knows anything of, is forgotten: an answer may have been incomplete.</summary>
    private const int MostMisses = 3;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Tracked> _byId = [];
    private long _touched;

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
    /// <param name="name">The name that it was submitted under.</param>
    /// <param name="number">Its number in the workflow; null when it isn't known.</param>
    public void Add(string id, string name, long? number)
    {
        lock (_gate)
        {
            if (!_byId.TryGetValue(id, out var known) || known.Name != name)
            {
                _byId[id] = new Tracked(name, number, time.GetTimestamp());
            }
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
        var listed = listing.Jobs.ToLookup(status => status.Id);
        var ended = new List<(string, BatchJobEnd?)>();
        lock (_gate)
        {
            foreach (var (id, job) in _byId)
            {
                var status = listed[id].FirstOrDefault(status => status.Name == job.Name);
                if (status is { State: not BatchJobState.Ended })
                {
                    job.Misses = 0;
                }
                else if (status is not null || job.Added <= listing.Began)
                {
                    ended.Add((id, status?.End));
                }
            }
        }

        return ended;
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

    private sealed class Tracked(string name, long? number, long added)
    {
        public string Name => name;

        public long? Number => number;

        /// <summary>When it was known to have been submitted.</summary>
        public long Added => added;

        public int Misses { get; set; }

        public long MissingSince { get; set; }

        public bool IsCancelled { get; set; }
    }
}
