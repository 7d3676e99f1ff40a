using Toil.Journaling;
using Toil.Values;

namespace Toil.Leader;

/// <summary>
/// The leader's mind: a pure state machine. Durable records change its state (<see cref="Apply"/>), whether they are
/// replayed or have just been written; events ask for new records and for action. It does no I/O beyond reading back
/// payloads, and no work that grows with the workflow.
/// </summary>
/// <remarks>
/// Split by concern: this file holds the state, <c>Reactor.Records</c> what records change, <c>Reactor.Order</c> who
/// may run when, <c>Reactor.Values</c> how long values are kept, <c>Reactor.Events</c> what agents and users cause,
/// <c>Reactor.Services</c>, <c>Reactor.ServiceEnds</c>, <c>Reactor.Checkpoints</c> and <c>Reactor.Files</c> what becomes of these,
/// <c>Reactor.Submissions</c> attempts that outlive their leader, <c>Reactor.DeadEnds</c> what can't complete any more.
/// </remarks>
internal sealed partial class Reactor : IValueSource
{
    /// <summary>The job that stands for the workflow: already run, the roots are its children, its value is the workflow's.</summary>
    public const long WorkflowJob = 0;

    private readonly ReactorOptions _options;
    private readonly IPayloads _payloads;
    private readonly JobTable _jobs = new();
    private readonly EdgePool _links = new();
    private readonly List<ResourceRequest> _requests = [];
    private readonly List<Requirements> _requirements = [];
    private readonly Dictionary<ResourceRequest, int> _requestIndex = [];

    /// <summary>Requests with promises filled in, or raised for a retry. Known to the running leader only: the next looks them up anew, and counts tries anew.</summary>
    private readonly Dictionary<long, ResourceRequest> _changedRequests = [];
    private readonly Dictionary<Hash128, RecordLocation> _codes = [];
    private readonly Dictionary<Hash128, Hash128> _replacedCodes = [];
    private readonly Dictionary<Hash128, Code> _codeCache = [];
    private readonly Dictionary<long, RecordLocation> _failures = [];
    private readonly List<Command> _commands = [];
    private int _epoch;
    private int _attemptsIssued;
    private int _outstanding;
    private long _nextNumber = 1;
    private bool _live;
    private bool _cancelled;
    private bool _stopped;
    private bool _finished;

    public Reactor(ReactorOptions options, IPayloads payloads)
    {
        _options = options;
        _payloads = payloads;
        _serviceQueue = new ServiceQueue(options.MaxServices, options.MaxPreemptibleServices);
    }

    public WorkflowCounts Counts { get; } = new();

    /// <summary>Whether nothing new starts once a job has failed for good; what runs by then goes on to its end.</summary>
    public bool StopsAtFailure { get; set; }

    /// <summary>Whether the workflow's own commit has been applied: jobs exist.</summary>
    public bool HasStarted { get; private set; }

    /// <summary>Whether every job is complete.</summary>
    public bool IsComplete => HasStarted && _jobs[WorkflowJob].State == JobState.Complete;

    /// <summary>Where the records of jobs that failed for good are.</summary>
    public IReadOnlyDictionary<long, RecordLocation> Failures => _failures;

    /// <summary>Where a job stands; <see cref="JobState.Gone"/> also for one that is complete and forgotten.</summary>
    public JobState StateOf(long job) => _jobs.Contains(job) ? _jobs[job].State : JobState.Gone;

    /// <summary>Takes the commands that are due, in order. The list is the caller's until the next call.</summary>
    public void TakeCommands(List<Command> into)
    {
        into.AddRange(_commands);
        _commands.Clear();
    }

    /// <summary>The workflow's return value.</summary>
    /// <exception cref="ToilException">It rests on a job that never ran, or on a part that isn't there.</exception>
    public EncodedValue WorkflowValue()
    {
        var error = new ValueResolver(this).Resolve(ValueOf(WorkflowJob)!.Value, out var value);
        return error is null ? value : throw new ToilException($"The workflow's value can't be had: {Explain(error)}");
    }

    /// <summary>The number of live rows, for tests and figures.</summary>
    public int LiveJobs => _jobs.Live;

    /// <summary>The number of links between live jobs, for tests and figures.</summary>
    public int LiveLinks => _links.Live;

    /// <summary>Where each live job stands. For tests and reports: its cost grows with the workflow.</summary>
    public IEnumerable<(long Job, JobState State)> States() => _jobs.Numbers().Select(job => (job, _jobs[job].State));

    private bool StartsNothing => _cancelled || _stopped;

    private ResourceRequest RequestOf(long job) => _changedRequests.GetValueOrDefault(job) ?? _requests[_jobs[job].Request];

    private Requirements RequirementsOf(long job) =>
        _changedRequests.TryGetValue(job, out var changed) ? changed.Resolve(_options.Defaults) : _requirements[_jobs[job].Request];

    private int Intern(ResourceRequest request)
    {
        if (!_requestIndex.TryGetValue(request, out var index))
        {
            _requestIndex[request] = index = _requests.Count;
            _requests.Add(request);
            _requirements.Add(request.Resolve(_options.Defaults));
        }

        return index;
    }
}
