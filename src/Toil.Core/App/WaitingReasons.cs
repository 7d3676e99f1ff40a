using Toil.Leader;

namespace Toil;

/// <summary>Says of each job that doesn't run why not: which jobs it waits for, and what those wait for in the end.</summary>
internal sealed class WaitingReasons(Reactor reactor, JobHistory history, LeaderAnswer? answer)
{
    private const int Named = 3;

    /// <summary>The job that in the end holds up another.</summary>
    private readonly Dictionary<long, long> _causes = [];
    private readonly Stack<long> _open = new();
    private readonly Dictionary<long, AnsweredWait> _queued = (answer?.Waiting ?? []).ToDictionary(one => one.Job);

    public void Explain()
    {
        foreach (var job in history.Jobs)
        {
            job.Reason = job.Status switch
            {
                JobStatus.Waiting => ExplainWaiting(job.Number),
                JobStatus.Ready => WhyReady(job),
                JobStatus.Failed => $"failed: {job.Error?.Message}",
                _ => "",
            };
        }
    }

    private string ExplainWaiting(long job)
    {
        var ahead = reactor.PredecessorsAhead(job).Take(Named + 1).ToList();
        var text = $"waits for {string.Join(", ", ahead.Take(Named).Select(Name))}{(ahead.Count > Named ? " and more" : "")}";
        var cause = CauseOf(job);
        return ahead is [var only] && only == cause ? $"{text}, which {StateOf(cause)}" : $"{text}; what holds it up is {Name(cause)}, which {StateOf(cause)}";
    }

    private string WhyReady(JobInfo job) =>
        answer is null ? "could run, but no leader runs the workflow"
        : _queued.TryGetValue(job.Number, out var queued) ? $"is queued at the batch system as {queued.Id}{(queued.Reason is { } why ? $", which says: {why}" : "")}"
        : answer.HeldUpBy is { } reason ? $"asks for {Describe(job.Request)}: {reason}"
        : "is about to start";

    private static string Describe(ResourceRequest request) =>
        $"{request.Cores?.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture) ?? "the default"} cores, {request.Memory?.ToString() ?? "the default"} memory, {request.Disk?.ToString() ?? "the default"} disk";

    private string Name(long job) => $"'{history.Find(job)?.Name ?? "the workflow"}' (job {job})";

    private string StateOf(long job) => history.Find(job)?.Status switch
    {
        JobStatus.Failed => "failed",
        JobStatus.Running => "runs",
        JobStatus.Ready when answer is not null => "waits for room",
        JobStatus.Ready => "could run",
        _ => "isn't complete",
    };

    /// <summary>Depth first, without recursion, since chains may be long. A failed job is named rather than one that still has hope.</summary>
    private long CauseOf(long job)
    {
        _open.Push(job);
        while (_open.TryPeek(out var top))
        {
            if (_causes.ContainsKey(top))
            {
                _open.Pop();
                continue;
            }

            var unknown = false;
            foreach (var next in HeldUpBy(top))
            {
                if (!_causes.ContainsKey(next))
                {
                    unknown = true;
                    _open.Push(next);
                }
            }

            if (!unknown)
            {
                _open.Pop();
                _causes[top] = HeldUpBy(top).Select(next => _causes[next]).OrderBy(cause => reactor.StateOf(cause) != JobState.Failed).FirstOrDefault(top);
            }
        }

        return _causes[job];
    }

    private IEnumerable<long> HeldUpBy(long job) => reactor.StateOf(job) switch
    {
        JobState.Waiting => reactor.PredecessorsAhead(job),
        JobState.Services or JobState.Children or JobState.FollowOns => reactor.SuccessorsLeft(job),
        _ => [],
    };
}
