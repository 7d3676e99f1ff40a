using Toil.Agents;
using Toil.Leader;
using Toil.Stats;

namespace Toil;

/// <summary>Collects what a journal says of each job.</summary>
internal sealed class JobHistory : IHistoryVisitor
{
    private readonly SortedDictionary<long, JobInfo> _jobs = [];

    /// <summary>All jobs, by number.</summary>
    public IReadOnlyCollection<JobInfo> Jobs => _jobs.Values;

    public JobInfo? Find(long number) => _jobs.GetValueOrDefault(number);

    public void Added(long job, string name, ResourceRequest request) => _jobs[job] = new JobInfo(job, name) { Request = request };

    public void Ready(long job, DateTimeOffset at)
    {
        if (Find(job) is { } info)
        {
            info.ReadyAt = at;
        }
    }

    public void Committed(AttemptId attempt, ResourceUsage usage)
    {
        if (Find(attempt.Job) is { } job)
        {
            (job.Started, job.WallTime, job.CpuTime, job.PeakMemory, job.Disk, job.Node) =
                (usage.Started, usage.Wall, usage.Cpu, usage.PeakMemory, usage.Disk, usage.Node);
        }
    }

    public void Failed(FailureRecord failure, bool isFinal)
    {
        if (Find(failure.Attempt.Job) is { } job)
        {
            job.FailedAttempts++;
            job.Error = failure.Failure.Error;
            job.Log = failure.ToFailedJob().Log;
        }
    }

    public void Resumed(DateTimeOffset at) { }

    public void Undone(long first, int count)
    {
        for (var job = first; job < first + count; job++)
        {
            _jobs.Remove(job);
        }
    }

    /// <summary>Says of each job where it stands at the journal's end.</summary>
    public void SetStatus(Reactor reactor, LeaderAnswer? answer)
    {
        foreach (var job in Jobs)
        {
            job.Status = StatusOf(reactor.StateOf(job.Number));
        }

        foreach (var running in answer?.Running ?? [])
        {
            if (Find(running.Job) is { Status: JobStatus.Ready } job)
            {
                (job.Status, job.Started, job.Node) = (JobStatus.Running, running.Since, running.Node);
            }
        }
    }

    public static JobStatus StatusOf(JobState state) => state switch
    {
        JobState.Waiting => JobStatus.Waiting,
        JobState.Ready or JobState.Running or JobState.Committing or JobState.Up => JobStatus.Ready,
        JobState.Failed => JobStatus.Failed,
        _ => JobStatus.Done,
    };
}
