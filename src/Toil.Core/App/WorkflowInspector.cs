using Toil.JobStores;
using Toil.Journaling;
using Toil.Leader;
using Toil.Stats;

namespace Toil;

/// <summary>Reads journals without disturbing their leaders.</summary>
internal static class WorkflowInspector
{
    public static readonly ReactorOptions NoOptions = new(new ToilOptions().DefaultRequirements, 0, null);

    /// <param name="store">Whose workflow.</param>
    /// <param name="answer">What its leader says, asked before this: then the journal is the newer of the two.</param>
    public static WorkflowStatus Read(JobStore store, LeaderAnswer? answer = null)
    {
        using var reader = new JournalReader(store.JournalFiles);
        var reactor = Replay(reader);
        var failed = reactor.Failures.OrderBy(failure => failure.Key)
            .Select(failure => FailureRecord.Read(reader.Read(failure.Value)).ToFailedJob()).ToList();
        var running = RunningJobs(reactor, answer);
        var states = reactor.States().Where(one => one.Job != Reactor.WorkflowJob).CountBy(one => one.State).ToDictionary();
        return new WorkflowStatus(
            store.WorkflowId, store.Locator.ToString(), store.CreatedAt, reactor.IsComplete, reactor.Counts.Total, reactor.Counts.Done, failed)
        {
            Ready = states.GetValueOrDefault(JobState.Ready) + states.GetValueOrDefault(JobState.Up) - running.Count,
            Waiting = states.GetValueOrDefault(JobState.Waiting),
            Parents = states.Where(state => state.Key is JobState.Services or JobState.Children or JobState.FollowOns or JobState.Stopping).Sum(state => state.Value),
            Running = running,
            HeldUpBy = answer?.HeldUpBy,
        };
    }

    /// <summary>Every job that there ever was, by number. Its cost grows with the workflow.</summary>
    /// <param name="store">Whose workflow.</param>
    /// <param name="answer">What its leader says, asked before this.</param>
    /// <param name="explains">Say why jobs don't run.</param>
    public static IReadOnlyCollection<JobInfo> ReadJobs(JobStore store, LeaderAnswer? answer = null, bool explains = false)
    {
        using var reader = new JournalReader(store.JournalFiles);
        var history = new JobHistory();
        var reactor = WorkflowHistory.Read(reader, history);
        history.SetStatus(reactor, answer);
        if (explains)
        {
            new WaitingReasons(reactor, history, answer).Explain();
        }

        return history.Jobs;
    }

    /// <summary>Where everything stands, from the newest snapshot on.</summary>
    public static Reactor Replay(JournalReader reader)
    {
        var reactor = new Reactor(NoOptions, new JournalPayloads(reader.Read));
        reader.Replay((at, record) => reactor.Apply(record, at));
        return reactor;
    }

    private static List<RunningJobInfo> RunningJobs(Reactor reactor, LeaderAnswer? answer) =>
    [
        .. (answer?.Running ?? [])
            .Where(running => reactor.StateOf(running.Job) is JobState.Ready or JobState.Up)
            .OrderBy(running => running.Since)
            .Select(running => new RunningJobInfo(running.Job, reactor.Describe(running.Job).Name, running.Since, running.Node)),
    ];
}
