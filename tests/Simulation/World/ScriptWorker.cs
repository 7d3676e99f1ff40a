using System.Globalization;
using System.Text;
using Toil.Agents;
using Toil.Jobs;
using Toil.Simulation.Model;
using Toil.Simulation.Scripts;
using Toil.Values;

namespace Toil.Simulation.World;

/// <summary>Runs scripts as a worker runs user code: from a launch order to a commit body, through the engine's own graph and encoding.</summary>
internal sealed class ScriptWorker(ScriptGenerator scripts, PlantedBug bug)
{
    private readonly Dictionary<string, int> _runs = [];

    /// <summary>The key of all files that the workflow itself names.</summary>
    public const string WorkflowFile = "workflow";

    public static Code CodeOf(int scriptClass, int version) =>
        new(Vehicle.Command, "class " + scriptClass.ToString(CultureInfo.InvariantCulture), Encoding.UTF8.GetBytes(version.ToString(CultureInfo.InvariantCulture)));

    public static int VersionOf(Code code) => int.Parse(Encoding.UTF8.GetString(code.Content.Span), CultureInfo.InvariantCulture);

    /// <summary>Whether nothing goes wrong by chance any more.</summary>
    public bool IsCalm { get; set; }

    /// <summary>What a service's start returns.</summary>
    public EncodedValue ServiceValue(LaunchOrder order)
    {
        var result = ScriptInterpreter.Run(scripts[order.JobName], ModelValues.Read(order.Arguments), _ => "");
        return ModelValues.Encode(result.Value, id => throw new InvalidOperationException($"A service can't promise {id}.")).Bind(_ => 0);
    }

    public byte[] Start()
    {
        var script = scripts[ScriptGenerator.Workflow];
        var (value, graph) = Build(script, null, ScriptInterpreter.Run(script, ModelValue.Nothing, _ => WorkflowFile), []);
        JobGraphValidator.Validate(graph);
        return CommitBody.EncodeStart(value, graph);
    }

    /// <param name="order">What to run.</param>
    /// <param name="store">Where its files go.</param>
    /// <param name="nameOf">Names the jobs whose promises it is handed.</param>
    /// <returns>The commit body, or why the attempt failed.</returns>
    public (byte[]? Commit, AttemptFailure? Failure) Run(LaunchOrder order, SimulatedStore store, Func<long, string> nameOf)
    {
        var script = scripts[order.JobName];
        var keys = Enumerable.Range(0, 2).Select(i => store.Write(order.Attempt, i)).ToList();
        if (VersionOf(order.Code) == 0 && order.TryNumber <= script.Failure.FailingTries)
        {
            return (null, Failure("ScriptFailed", script.Failure.Retryable));
        }

        if (!IsCalm && _runs.GetValueOrDefault(script.Id) < script.Failure.FlakyRuns)
        {
            _runs[script.Id] = _runs.GetValueOrDefault(script.Id) + 1;
            return (null, Failure("Flaky", false));
        }

        if (order.IsService)
        {
            return (CommitBody.Empty(), null);
        }

        try
        {
            var self = new Job(order.JobName, order.Code, UnboundValue.Null) { Number = order.Attempt.Job };
            var handed = new Dictionary<string, Job>();
            var arguments = ModelValues.Read(order.Arguments, number =>
            {
                var name = nameOf(number);
                handed[name] = Job.Existing(number);
                return name;
            });
            var result = ScriptInterpreter.Run(script, arguments, i => keys[i]);
            var (value, graph) = Build(script, self, result, handed);
            JobGraphValidator.Validate(graph);
            return (CommitBody.Encode(value, graph, [.. result.Deleted.Select(file => file.Key)], script.CleansUpFile ? [keys[0]] : []), null);
        }
        catch (JobGraphException error)
        {
            return (null, new AttemptFailure(FailureReason.Error, ErrorInfo.From(error), []));
        }
    }

    public static AttemptFailure Failure(string type, bool retryable, FailureReason reason = FailureReason.Error) =>
        new(reason, new ErrorInfo(type, "as planned", Retryable: retryable), []);

    private (UnboundValue Value, JobGraph Graph) Build(JobScript script, Job? self, ScriptResult result, Dictionary<string, Job> handed)
    {
        var jobs = new Dictionary<string, Job>();
        Job Resolve(string id) => id == script.Id ? self! : jobs.GetValueOrDefault(id) ?? handed[id];

        // Arguments name jobs by promise, and a promise needs its job: jobs are made in an order in which it exists.
        foreach (var index in MakingOrder(result.Arguments, script))
        {
            var job = script.Jobs[index];
            jobs[job.Id] = new Job(job.Id, CodeOf(JobScript.ClassOf(job.Id), 0), ModelValues.Encode(result.Arguments[index], Resolve))
            {
                Request = NewJobRequests.Of(job.RequestKind),
                IsCheckpoint = job.IsCheckpoint,
                AwaitsPromises = job.Awaits,
                FreesFiles = job.FreesFiles,
            };
            _ = job.IsService ? jobs[job.Id].AsService() : null;
        }

        foreach (var (job, memory) in script.Jobs.Zip(result.Memories).Where(pair => pair.Second is not null))
        {
            var gap = (ModelValue.Gap)memory!;
            jobs[job.Id].Require(RequestPart.Memory, Resolve(gap.Producer).Rv([.. gap.Path]));
        }

        Link(script, self, jobs);
        var value = ModelValues.Encode(result.Value, Resolve);
        var seeds = self is null ? script.Jobs.Select(job => jobs[job.Id]) : value.Holes.Select(hole => hole.Producer);
        return (value, JobGraph.Collect(seeds, self));
    }

    private static List<int> MakingOrder(IReadOnlyList<ModelValue> arguments, JobScript script)
    {
        var order = new List<int>();
        void Visit(int index)
        {
            if (order.Contains(index))
            {
                return;
            }

            foreach (var gap in arguments[index].All<ModelValue.Gap>())
            {
                var producer = script.Jobs.ToList().FindIndex(job => job.Id == gap.Producer);
                if (producer >= 0 && producer != index)
                {
                    Visit(producer);
                }
            }

            order.Add(index);
        }

        for (var index = 0; index < arguments.Count; index++)
        {
            Visit(index);
        }

        return order;
    }

    private void Link(JobScript script, Job? self, Dictionary<string, Job> jobs)
    {
        foreach (var edge in script.Edges)
        {
            var from = edge.From == JobScript.Self ? self : jobs[script.Jobs[edge.From].Id];
            var to = jobs[script.Jobs[edge.To].Id];
            _ = edge.Kind switch
            {
                ScriptLink.Service => from?.AddService(to),
                ScriptLink.FollowOn when !IsMistaken(edge) => from?.AddFollowOn(to),
                _ => from?.AddChild(to),
            };
        }
    }

    private bool IsMistaken(ScriptEdge edge) => bug == PlantedBug.EarlyFollowOn && edge.To % 3 == 0;
}
