using Toil.Jobs;
using Toil.Values;

namespace Toil;

/// <summary>A node of the workflow's graph: what to run, with which arguments and resources, and what runs after it.</summary>
public sealed class Job
{
    private List<Job>? _children;
    private List<Job>? _followOns;
    private List<(Job From, EdgeKind Kind)>? _incoming;

    internal Job(string name, Code code, UnboundValue arguments)
    {
        Name = name;
        Code = code;
        Arguments = arguments;
    }

    /// <summary>What reports and logs call the job. Names need not be unique.</summary>
    public string Name { get; set; }

    /// <summary>What it asks of a node; parts that aren't set take the workflow's defaults.</summary>
    public ResourceRequest Request { get; set; } = ResourceRequest.Defaults;

    public IReadOnlyList<Job> Children => _children ?? [];

    public IReadOnlyList<Job> FollowOns => _followOns ?? [];

    /// <summary>The jobs that this one is a child or a follow-on of.</summary>
    public IEnumerable<Job> Predecessors => Incoming.Select(link => link.From);

    internal IReadOnlyList<(Job From, EdgeKind Kind)> Incoming => _incoming ?? [];

    internal Code Code { get; }

    internal UnboundValue Arguments { get; }

    /// <summary>The job's number when it exists already: only the running job itself has one while a graph is built.</summary>
    internal long? Number { get; init; }

    /// <summary>A job that runs a static method in a worker process. Arguments may be promises, or other jobs in their place.</summary>
    /// <exception cref="ToilException">The method captures local variables, or its arguments don't fit.</exception>
    public static Job Of(Delegate method, params object?[] arguments) => MethodJob.Create(method, arguments, Vehicle.Assembly);

    /// <summary>A job that runs an object's <see cref="IJob.RunAsync"/> in a worker process; its public properties travel with it.</summary>
    public static Job Of(IJob body) => MethodJob.Create(body);

    /// <summary>A job that runs a program. Its value is an object with <c>ExitCode</c>, <c>Output</c> (a file) and <c>Error</c> (a file); a non-zero exit code fails it.</summary>
    public static Job Command(string program, params object?[] arguments) => CommandJob.Create(program, arguments);

    /// <summary>Adds a job that runs in parallel with the other children, once this job's run is committed.</summary>
    /// <returns>The child.</returns>
    public Job AddChild(Job child)
    {
        Link(ref _children, child, EdgeKind.Child);
        return child;
    }

    /// <summary>Adds a job that runs when all children and everything after them are complete.</summary>
    /// <returns>The follow-on.</returns>
    public Job AddFollowOn(Job followOn)
    {
        Link(ref _followOns, followOn, EdgeKind.FollowOn);
        return followOn;
    }

    /// <summary>The promise of the return value, or of the part of it that the path leads to.</summary>
    /// <param name="path">List indices, keys, property names or ranges.</param>
    public Promise Rv(params object[] path) => new(this, path.Length == 0 ? Hole.WholeValue : [.. path.Select(PathStep.Parse)]);

    /// <summary>Sets what is given and leaves the rest.</summary>
    public Job With(string? name = null, double? cores = null, ByteSize? memory = null, ByteSize? disk = null, bool? preemptible = null)
    {
        Name = name ?? Name;
        Request = new ResourceRequest(
            cores ?? Request.Cores, memory ?? Request.Memory, disk ?? Request.Disk, preemptible ?? Request.Preemptible);
        return this;
    }

    public override string ToString() => Name;

    private void Link(ref List<Job>? successors, Job successor, EdgeKind kind)
    {
        ArgumentNullException.ThrowIfNull(successor);
        (successors ??= []).Add(successor);
        // Most jobs have one predecessor, and there may be millions.
        (successor._incoming ??= new(1)).Add((this, kind));
    }
}
