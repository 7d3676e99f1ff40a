using System.Text;
using Toil.Agents;

namespace Toil.Leader;

internal sealed partial class Reactor
{
    /// <summary>How many services and jobs an error about a deadlock names.</summary>
    private const int MaxNamed = 10;

    private int _up;

    /// <summary>The service that has been killed to break a deadlock, until its attempt has ended: what may run instead mustn't meet it.</summary>
    private (AttemptId Attempt, AttemptFailure Failure)? _sacrifice;

    /// <summary>
    /// Whether nothing runs but services that have started, while jobs or other services wait for room: unless room comes from
    /// elsewhere, this stays so.
    /// </summary>
    public bool IsStalled =>
        _up > 0 && Counts.Running == _up && Counts.Ready > 0 && !StartsNothing && !_finished && _stopping == 0 && _sacrifice is null;

    /// <summary>
    /// Fails the services of one job, so that others get what they hold: the job that came last of those whose services wait for
    /// room, else of those whose services are up.
    /// </summary>
    public void BreakDeadlock()
    {
        var (group, victim) = _groups.Values.Where(group => !group.IsStopping).Select(group => (group, Victim: VictimOf(group)))
            .Where(pair => !_jobs[pair.Victim].IsHeld).OrderBy(pair => pair.group.IsUp).ThenByDescending(pair => pair.group.Owner).First();
        var failure = new AttemptFailure(FailureReason.Error, DescribeDeadlock(group.Owner), []);
        if (CurrentAttempt(victim) is { } current)
        {
            Do(new Command.Kill(current));
            if (_jobs[victim].State == JobState.Up)
            {
                _sacrifice = (current, failure);
                return;
            }
        }
        else
        {
            _jobs[victim].Attempt = ++_attemptsIssued;
            _outstanding++;
        }

        FailForGood(CurrentAttempt(victim)!.Value, failure, _options.Time.GetUtcNow());
    }

    private static long VictimOf(ServiceGroup group) => group.Services.FirstOrDefault(service => !group.Up.Contains(service), group.Services[0]);

    private ErrorInfo DescribeDeadlock(long owner)
    {
        var text = new StringBuilder("Deadlock: only services run, and what waits doesn't fit beside them. They hold: ");
        text.AppendJoin("; ", _groups.Values.SelectMany(group => group.Up).Order().Take(MaxNamed)
            .Select(service => $"'{NameOf(service)}' of job '{NameOf(_owners[service])}' {RequirementsOf(service)}"));
        text.Append(". What waits: ");
        text.AppendJoin("; ", _jobs.Numbers().Where(job => _jobs[job].State == JobState.Ready).Take(MaxNamed)
            .Select(job => $"'{NameOf(job)}' {RequirementsOf(job)}"));
        text.Append($". So the services of '{NameOf(owner)}' are ended. Let services or their users ask for less, allow more of them (--maxServiceJobs), or run where there is more room.");
        return new ErrorInfo("Toil.Deadlock", text.ToString(), Retryable: false);
    }
}
