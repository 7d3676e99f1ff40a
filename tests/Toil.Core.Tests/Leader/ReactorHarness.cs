using Toil.Agents;
using Toil.Jobs;
using Toil.Journaling;
using Toil.Leader;
using Toil.Values;

namespace Toil.Tests.Leading;

/// <summary>A reactor whose records are durable at once, and whose jobs end when the test says so.</summary>
internal sealed class ReactorHarness : IPayloads
{
    private static readonly ResourceUsage Usage = new(DateTimeOffset.UnixEpoch, TimeSpan.Zero, TimeSpan.Zero, 0);

    private readonly List<byte[]> _journal = [];
    private readonly List<Command> _taken = [];
    private readonly ReactorOptions _options;

    public ReactorHarness(int retryCount = 0, Requirements? largest = null, Func<ReactorOptions, ReactorOptions>? configure = null)
    {
        var options = new ReactorOptions(new Requirements(1, 100, 100), retryCount, largest);
        _options = configure?.Invoke(options) ?? options;
        Reactor = new Reactor(_options, this);
        Reactor.Begin(1);
    }

    public Reactor Reactor { get; }

    /// <summary>Commands other than appends, until the test takes them.</summary>
    public List<Command> Commands { get; } = [];

    public IReadOnlyList<byte[]> Journal => _journal;

    /// <summary>The names of the jobs that have been issued and not begun, in order.</summary>
    public List<string> IssuedNames => [.. Commands.OfType<Command.Issue>().Select(issue => NameOf(issue.Attempt)).Order()];

    /// <summary>The names of the services that have been told to stop, in order.</summary>
    public List<string> StopNames => [.. Commands.OfType<Command.Stop>().Select(stop => NameOf(stop.Attempt))];

    public static Job NewJob(string name, object? arguments = null) => new(name, JobCode, ClrValues.Encode(arguments));

    public static Job NewService(string name, object? arguments = null) => NewJob(name, arguments).AsService();

    private static Code JobCode { get; } = Job.Of(() => 1).Code;

    public ReadOnlyMemory<byte> Read(RecordLocation location) => _journal[location.Segment].AsMemory((int)location.Offset, location.Length);

    public void Start(Job root)
    {
        Reactor.Start(CommitBody.EncodeStart(ClrValues.Encode(root), JobGraph.Collect([root], null)), DateTimeOffset.UnixEpoch);
        CarryOut();
    }

    /// <summary>Starts a job "owner" whose service "service" runs, so that its child "client" can.</summary>
    /// <returns>The owner.</returns>
    public Job StartOwnerOfAService()
    {
        var owner = NewJob("owner");
        owner.AddService(NewService("service"));
        owner.AddChild(NewJob("client"));
        Start(owner);
        Run("owner");
        Bring("service");
        return owner;
    }

    /// <summary>Takes the issued attempts.</summary>
    public List<AttemptId> TakeIssued()
    {
        var issued = Commands.OfType<Command.Issue>().Select(issue => issue.Attempt).ToList();
        Commands.RemoveAll(command => command is Command.Issue);
        return issued;
    }

    public LaunchOrder Launch(AttemptId attempt) => Reactor.OrderOf(attempt)!;

    /// <summary>Launches the issued attempt of the job with a name.</summary>
    public AttemptId Begin(string name)
    {
        var issue = Commands.OfType<Command.Issue>().Last(issue => NameOf(issue.Attempt) == name);
        Commands.Remove(issue);
        Launch(issue.Attempt);
        return issue.Attempt;
    }

    /// <summary>Runs the issued attempt of the job with a name, with success.</summary>
    public void Run(string name, Func<Job, object?>? run = null) => Commit(Begin(name), run);

    /// <summary>A service's start has ended.</summary>
    public void Started(AttemptId attempt, object? value = null)
    {
        Reactor.Started(attempt, ClrValues.Encode(value).Bind(_ => 0));
        CarryOut();
    }

    /// <summary>Begins the issued attempt of the service with a name, and lets it start.</summary>
    public AttemptId Bring(string name, object? value = null)
    {
        var attempt = Begin(name);
        Started(attempt, value);
        return attempt;
    }

    /// <summary>A service stops as it was told.</summary>
    public void Stopped(AttemptId attempt) => End(new AttemptOutcome(attempt, CommitBody.Empty(), null, Usage));

    /// <summary>Ends an attempt with success.</summary>
    public void Commit(AttemptId attempt, Func<Job, object?>? run = null, params string[] deleted)
    {
        var self = new Job("self", JobCode, UnboundValue.Null) { Number = attempt.Job };
        var value = ClrValues.Encode(run?.Invoke(self));
        var body = CommitBody.Encode(value, JobGraph.Collect(value.Holes.Select(hole => hole.Producer), self), deleted, []);
        End(new AttemptOutcome(attempt, body, null, Usage));
    }

    /// <summary>Ends an attempt with success and files that go when everything after it is complete.</summary>
    public void CommitWithCleanup(AttemptId attempt, params string[] keys) =>
        End(new AttemptOutcome(attempt, CommitBody.Encode(UnboundValue.Null, JobGraph.Collect([], null), [], keys), null, Usage));

    public void Fail(AttemptId attempt, FailureReason reason = FailureReason.Error, bool retryable = true) =>
        End(new AttemptOutcome(attempt, null, new AttemptFailure(reason, new ErrorInfo("Test", "failed", Retryable: retryable), []), Usage));

    public void End(AttemptOutcome outcome)
    {
        Reactor.Ended(outcome, DateTimeOffset.UnixEpoch);
        CarryOut();
    }

    public void CarryOut()
    {
        while (true)
        {
            _taken.Clear();
            Reactor.TakeCommands(_taken);
            if (_taken.Count == 0)
            {
                return;
            }

            foreach (var command in _taken)
            {
                CarryOut(command);
            }

            Reactor.FinishIfIdle();
        }
    }

    /// <summary>What somebody sees who reads this leader's journal.</summary>
    public Reactor Replay()
    {
        var reader = new ReactorHarness(this);
        foreach (var record in _journal)
        {
            reader.Apply(record);
        }

        return reader.Reactor;
    }

    /// <summary>A leader that finds this one's journal, or the beginning of it.</summary>
    public ReactorHarness Resume(int records = int.MaxValue)
    {
        var next = new ReactorHarness(this);
        foreach (var record in _journal.Take(records))
        {
            next.Apply(record);
        }

        next.Apply(Reactor.ResumedRecord(2));
        next.Reactor.Begin(2);
        next.CarryOut();
        return next;
    }

    /// <summary>A leader that finds a snapshot of this one's state.</summary>
    public ReactorHarness ResumeFromSnapshot()
    {
        var next = new ReactorHarness(this);
        next._journal.AddRange(_journal);
        foreach (var row in Reactor.Snapshot())
        {
            next.Reactor.Apply(row.Span, default);
        }

        next.Apply(Reactor.ResumedRecord(2));
        next.Reactor.Begin(2);
        next.CarryOut();
        return next;
    }

    private ReactorHarness(ReactorHarness dead) => Reactor = new Reactor(_options = dead._options, this);

    private string NameOf(AttemptId attempt) => Reactor.Describe(attempt.Job).Name;

    private void CarryOut(Command command)
    {
        if (command is Command.Append append)
        {
            Apply(append.Record);
        }
        else
        {
            if (command is Command.Kill kill)
            {
                Commands.RemoveAll(earlier => earlier is Command.Issue issue && issue.Attempt == kill.Attempt);
            }

            Commands.Add(command);
        }
    }

    /// <summary>A record is durable.</summary>
    public void Apply(byte[] record)
    {
        _journal.Add(record);
        Reactor.Apply(record, new RecordLocation(_journal.Count - 1, 0, record.Length));
    }
}
