using Toil.Agents;
using Toil.JobStores;
using Toil.Leader;

namespace Toil.BatchSystems;

/// <summary>Whose attempts the jobs are that a batch system has listed, for a leader that has just started.</summary>
internal sealed class RemoteListing
{
    private readonly Dictionary<AttemptId, (BatchJobStatus Status, string Launch, int Turn)> _byAttempt = [];
    private readonly List<string> _orphans = [];

    private RemoteListing()
    {
    }

    /// <summary>The ids of jobs that are queued or run for nobody.</summary>
    public IReadOnlyCollection<string> Orphans => _orphans;

    /// <param name="listed">What the batch system has.</param>
    /// <param name="wanted">The attempts that the journal knows.</param>
    /// <param name="blobs">Where launch bundles tell the attempts of jobs whose ids no record knows.</param>
    /// <param name="prefix">What the jobs' names begin with.</param>
    /// <param name="cancellation">Gives it up.</param>
    public static async Task<RemoteListing> ReadAsync(
        IReadOnlyList<BatchJobStatus> listed, IReadOnlyList<Submission> wanted, IBlobStore blobs, string prefix, CancellationToken cancellation)
    {
        var listing = new RemoteListing();
        var byId = wanted.Where(one => one.Id.Length > 0).ToLookup(one => (one.Id, one.Launch));
        var unsubmitted = wanted.Where(one => one.Id.Length == 0).Select(one => one.Attempt).ToHashSet();
        var bundles = new Dictionary<string, IReadOnlyList<IReadOnlyList<AttemptId>>>();
        foreach (var status in listed)
        {
            var place = RemoteKeys.Parse(status.Name, prefix);
            IReadOnlyList<AttemptId> attempts = place is { } own ? [.. byId[(status.Id, own.Launch)].Select(one => one.Attempt)] : [];
            if ((unsubmitted.Count > 0 || attempts.Count > 1) && place is { } found && await AttemptsAsync(found.Launch, found.Entry).ConfigureAwait(false) is { Count: > 0 } all)
            {
                // In the order in which they run.
                attempts = [.. all.Where(attempt => attempts.Contains(attempt) || unsubmitted.Contains(attempt))];
            }

            listing.Add(attempts, status, place?.Launch ?? "");
        }

        return listing;

        async Task<IReadOnlyList<AttemptId>> AttemptsAsync(string launch, int entry)
        {
            if (!bundles.TryGetValue(launch, out var attempts))
            {
                bundles[launch] = attempts = await LaunchBundle.ReadAttemptsAsync(blobs, launch, cancellation).ConfigureAwait(false) ?? [];
            }

            return entry < attempts.Count ? attempts[entry] : [];
        }
    }

    /// <summary>The job that is an attempt's, the bundle with its launch order, and when its turn comes among those that the job runs.</summary>
    public (BatchJobStatus Status, string Launch, int Turn)? Find(AttemptId attempt) => _byAttempt.TryGetValue(attempt, out var found) ? found : null;

    /// <summary>A submission that seemed to fail may have been repeated: one of the two is enough, as a rule the one that isn't over.</summary>
    private void Add(IReadOnlyList<AttemptId> attempts, BatchJobStatus status, string launch)
    {
        var others = attempts.Where(_byAttempt.ContainsKey).Select(attempt => _byAttempt[attempt].Status).ToList();
        if (attempts.Count == 0 || others.Exists(other => other.State != BatchJobState.Ended))
        {
            AddOrphan(status);
            return;
        }

        others.ForEach(AddOrphan);
        foreach (var attempt in attempts)
        {
            _byAttempt[attempt] = (status, launch, _byAttempt.Count);
        }
    }

    private void AddOrphan(BatchJobStatus status)
    {
        if (status.State != BatchJobState.Ended)
        {
            _orphans.Add(status.Id);
        }
    }
}
