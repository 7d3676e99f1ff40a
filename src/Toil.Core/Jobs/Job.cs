using Toil.Jobs;
using Toil.Values;

namespace Toil;

/// <summary>A node of the workflow's graph: what to run, with which arguments and resources, and what runs after it.</summary>
public class Job
{
    private static readonly Code s_noCode = new(Vehicle.Inline, "", default);
    private static readonly List<(Job From, EdgeKind Kind)> s_noLinks = [];

    private List<Job>? _children;
    private List<Job>? _followOns;
    private List<Job>? _services;
    private List<(Job From, EdgeKind Kind)>? _incoming;

    internal Job(string name, Code code, UnboundValue arguments)
    {
        Name = name;
        Code = code;
        Arguments = arguments;
    }

    /// <summary>What reports and logs call the job. Names need not be unique.</summary>
    public string Name { get; set; }

    /// <summary>What the job works on, such as a sample: shown behind the name. Empty when there is nothing to say.</summary>
    public string UnitName { get; set; } = "";

    /// <summary>What it asks of a node; parts that aren't set take the workflow's defaults.</summary>
    public ResourceRequest Request { get; set; } = ResourceRequest.Defaults;

    /// <summary>
    /// Whether the job runs again, and makes its successors anew, when one of them fails for good. It must have no
    /// successors before it runs. Each rerun uses one of its tries.
    /// </summary>
    public bool IsCheckpoint
    {
        get => Traits.HasFlag(JobTraits.Checkpoint);
        set => Traits = value ? Traits | JobTraits.Checkpoint : Traits & ~JobTraits.Checkpoint;
    }

    /// <summary>Whether it runs even where a call cache (<c>--callCache</c>) has its result: because it depends on more than its code, its arguments and their files.</summary>
    public bool NoCallCache
    {
        get => Traits.HasFlag(JobTraits.NoCallCache);
        set => Traits = value ? Traits | JobTraits.NoCallCache : Traits & ~JobTraits.NoCallCache;
    }

    /// <summary>
    /// Whether it may use promises of jobs that no link orders it after: once its predecessors have released it, it waits
    /// until all that its promises lead to is known.
    /// </summary>
    internal bool AwaitsPromises
    {
        get => Traits.HasFlag(JobTraits.AwaitsPromises);
        set => Traits = value ? Traits | JobTraits.AwaitsPromises : Traits & ~JobTraits.AwaitsPromises;
    }

    /// <summary>
    /// Whether the files that it writes go once no value that a job may still read names them. A job without this trait keeps the
    /// files for good that its own value or arguments name.
    /// </summary>
    internal bool FreesFiles
    {
        get => Traits.HasFlag(JobTraits.FreesFiles);
        set => Traits = value ? Traits | JobTraits.FreesFiles : Traits & ~JobTraits.FreesFiles;
    }

    /// <summary>Whether it is started and stopped for other jobs, instead of being run to its end.</summary>
    public bool IsService => Traits.HasFlag(JobTraits.Service);

    public IReadOnlyList<Job> Children => _children ?? [];

    public IReadOnlyList<Job> FollowOns => _followOns ?? [];

    public IReadOnlyList<Job> Services => _services ?? [];

    /// <summary>The jobs that this one is a child, a follow-on or a service of.</summary>
    public IEnumerable<Job> Predecessors => Incoming.Select(link => link.From);

    internal List<(Job From, EdgeKind Kind)> Incoming => _incoming ?? s_noLinks;

    internal JobTraits Traits { get; private set; }

    internal PromisedRequest? Promised { get; private set; }

    internal Code Code { get; }

    internal UnboundValue Arguments { get; }

    /// <summary>The job's number when it exists already: only the running job itself has one while a graph is built.</summary>
    internal long? Number { get; init; }

    /// <summary>A job that runs a static method in a worker process. Arguments may be promises, or other jobs in their place.</summary>
    /// <exception cref="ToilException">The method captures local variables, or its arguments don't fit.</exception>
    public static Job Of(Delegate method, params object?[] arguments) => MethodJob.Create(method, arguments, Vehicle.Assembly);

    /// <summary>A job that runs an object's <see cref="IJob.RunAsync"/> in a worker process; its public properties travel with it.</summary>
    public static Job Of(IJob body) => MethodJob.Create(body);

    /// <summary>A service: an object that a worker process starts before the successors of the job that owns it, and stops after them.</summary>
    public static Job Of(IService body) => MethodJob.Create(body).AsService();

    /// <summary>A job that runs a program. Its value is an object with <c>ExitCode</c>, <c>Output</c> (a file) and <c>Error</c> (a file); a non-zero exit code fails it.</summary>
    public static Job Command(string program, params object?[] arguments) => CommandJob.Create(program, arguments);

    /// <summary>Adds a job that runs in parallel with the other children, once this job's run is committed.</summary>
    /// <returns>The child.</returns>
    public virtual Job AddChild(Job child)
    {
        Link(ref _children, child, EdgeKind.Child);
        return child;
    }

    /// <summary>Adds a job that runs when all children and everything after them are complete.</summary>
    /// <returns>The follow-on.</returns>
    public virtual Job AddFollowOn(Job followOn)
    {
        Link(ref _followOns, followOn, EdgeKind.FollowOn);
        return followOn;
    }

    /// <summary>
    /// Adds a service: it starts once this job's run is committed, before any child or follow-on, and stops when everything after this
    /// job is complete. Successors may use the promise of what its start returns. A service of a service starts after it and may use its promise.
    /// </summary>
    /// <returns>The service.</returns>
    /// <exception cref="ToilException">It isn't a service.</exception>
    public virtual Job AddService(Job service)
    {
        ArgumentNullException.ThrowIfNull(service);
        if (!service.IsService)
        {
            throw new ToilException($"Job '{service.Name}' isn't a service. Make it with Job.Of(IService), or New-ToilService in PowerShell.");
        }

        Link(ref _services, service, EdgeKind.Service);
        return service;
    }

    /// <summary>
    /// Wraps this job and everything after it into one: the wrapper takes the place of this job among its predecessors,
    /// what is added to it follows everything that this job starts, and its value is this job's.
    /// </summary>
    public Job Encapsulate() => Encapsulation.Of(this);

    /// <summary>Lets a part of the request be known only when the job is about to run.</summary>
    /// <returns>This job.</returns>
    public Job Require(RequestPart part, PromisedRequirement requirement)
    {
        ArgumentNullException.ThrowIfNull(requirement);
        (Promised ??= new PromisedRequest())[part] = requirement;
        Traits |= JobTraits.PromisedRequest;
        return this;
    }

    /// <summary>The promise of the return value, or of the part of it that the path leads to.</summary>
    /// <param name="path">List indices, keys, property names or ranges.</param>
    public virtual Promise Rv(params object[] path) => new(this, path.Length == 0 ? Hole.WholeValue : [.. path.Select(PathStep.Parse)]);

    /// <summary>Sets what is given and leaves the rest.</summary>
    public Job With(string? name = null, double? cores = null, ByteSize? memory = null, ByteSize? disk = null, bool? preemptible = null, AcceleratorRequest? accelerators = null)
    {
        Name = name ?? Name;
        Request = new ResourceRequest(
            cores ?? Request.Cores, memory ?? Request.Memory, disk ?? Request.Disk, preemptible ?? Request.Preemptible)
        {
            Accelerators = accelerators ?? Request.Accelerators,
        };
        return this;
    }

    public override string ToString() => Name;

    /// <summary>Stands for a job that exists already.</summary>
    internal static Job Existing(long number) => new("", s_noCode, UnboundValue.Null) { Number = number };

    internal Job AsService()
    {
        Traits |= JobTraits.Service;
        return this;
    }

    /// <summary>Puts another job in this one's place among its predecessors.</summary>
    internal void YieldPlaceTo(Job other)
    {
        foreach (var (from, kind) in Incoming)
        {
            var successors = kind switch { EdgeKind.Child => from._children, EdgeKind.FollowOn => from._followOns, _ => from._services };
            successors![successors.IndexOf(this)] = other;
            (other._incoming ??= new(1)).Add((from, kind));
        }

        _incoming = null;
    }

    private void Link(ref List<Job>? successors, Job successor, EdgeKind kind)
    {
        ArgumentNullException.ThrowIfNull(successor);
        (successors ??= []).Add(successor);
        // Most jobs have one predecessor, and there may be millions.
        (successor._incoming ??= new(1)).Add((this, kind));
    }
}
