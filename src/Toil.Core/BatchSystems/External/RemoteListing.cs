using Toil.Agents;
using Toil.JobStores;
using Toil.Leader;

namespace Toil.BatchSystems;

/// <summary>Whose attempts the jobs are that a batch system has listed, for a leader that has just started.</summary>
internal sealed class RemoteListing
{
    private readonly Dictionary<AttemptId, (BatchJobStatus Status, string Launch)> _byAttempt = [];
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
        var byId = wanted.Where(one => one.Id.Length > 0).ToDictionary(one => one.Id);
        var unsubmitted = wanted.Where(one => one.Id.Length == 0).Select(one => one.Attempt).ToHashSet();
        var bundles = new Dictionary<string, IReadOnlyList<AttemptId>>();
        foreach (var status in listed)
        {
            var place = RemoteKeys.Parse(status.Name, prefix);
            if (place is { } own && byId.TryGetValue(status.Id, out var submission) && submission.Launch == own.Launch)
            {
                listing.Add(submission.Attempt, status, own.Launch);
            }
            else if (unsubmitted.Count > 0 && place is { } found && await AttemptAsync(found.Launch, found.Entry).ConfigureAwait(false) is { } attempt && unsubmitted.Contains(attempt))
            {
                listing.Add(attempt, status, found.Launch);
            }
            else
            {
                listing.AddOrphan(status);
            }
        }

        return listing;

        async Task<AttemptId?> AttemptAsync(string launch, int entry)
        {
            if (!bundles.TryGetValue(launch, out var attempts))
            {
                bundles[launch] = attempts = await LaunchBundle.ReadAttemptsAsync(blobs, launch, cancellation).ConfigureAwait(false) ?? [];
            }

            return entry < attempts.Count ? attempts[entry] : null;
        }
    }

    /// <summary>The job that is an attempt's, and the bundle with its launch order.</summary>
    public (BatchJobStatus Status, string Launch)? Find(AttemptId attempt) => _byAttempt.TryGetValue(attempt, out var found) ? found : null;

    /// <summary>A submission that seemed to fail may have been repeated: one of the two is enough, as a rule the one that isn't over.</summary>
    private void Add(AttemptId attempt, BatchJobStatus status, string launch)
    {
        if (_byAttempt.TryGetValue(attempt, out var other))
        {
            if (other.Status.State != BatchJobState.Ended)
            {
                AddOrphan(status);
                return;
            }

            AddOrphan(other.Status);
        }

        _byAttempt[attempt] = (status, launch);
    }

    private void AddOrphan(BatchJobStatus status)
    {
        if (status.State != BatchJobState.Ended)
        {
            _orphans.Add(status.Id);
        }
    }
}
