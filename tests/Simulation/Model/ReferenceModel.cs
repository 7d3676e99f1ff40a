using Toil.Agents;
using Toil.Simulation.Scripts;

namespace Toil.Simulation.Model;

/// <summary>What the rules say about a workflow, written down as naively as possible and without the engine's help.</summary>
internal sealed class ReferenceModel(ScriptGenerator scripts)
{
    private readonly Dictionary<string, ModelJob> _jobs = [];
    private readonly List<ModelJob> _inOrder = [];

    public IReadOnlyList<ModelJob> Jobs => _inOrder;

    /// <summary>Whether some job was released before its arguments could be known, which depends on timing.</summary>
    public bool AnyRefused { get; private set; }

    public bool HasStarted => _inOrder.Count > 0;

    public bool IsComplete => HasStarted && _inOrder[0].IsComplete;

    public ModelJob this[string id] => _jobs.TryGetValue(id, out var job) ? job : throw new SimulationException($"There is no job {id}.");

    /// <summary>The workflow's value, or null when it can't be had.</summary>
    public ModelValue? FinalValue => Resolve(new ModelValue.Gap(ScriptGenerator.Workflow, []));

    public void Start()
    {
        var workflow = new ModelJob(scripts[ScriptGenerator.Workflow], ModelValue.Nothing, 0) { WasReleased = true, Resolved = ModelValue.Nothing };
        _jobs.Add(workflow.Id, workflow);
        _inOrder.Add(workflow);
        Commit(workflow, default);
    }

    public void Commit(ModelJob job, AttemptId attempt)
    {
        Invariant.Holds(!job.IsCommitted, $"{job.Id} was committed twice.");
        Invariant.Holds(job.WasReleased && !job.IsRefused, $"{job.Id} was committed, but must not run.");
        Invariant.Holds(!job.IsFailed, $"{job.Id} was committed, but has failed for good.");
        Invariant.Holds(!job.Script.IsInvalid, $"{job.Id} was committed, but the graph that it makes is an error.");
        var result = ScriptInterpreter.Run(job.Script, job.Resolved!, _ => "");
        (job.Value, job.Deleted, job.Attempt) = (result.Value, result.Deleted, attempt);
        for (var i = 0; i < job.Script.Jobs.Count; i++)
        {
            Add(job.Script.Jobs[i], result.Arguments[i]);
        }

        foreach (var edge in job.Script.Edges)
        {
            Link(edge.From == JobScript.Self ? job : this[job.Script.Jobs[edge.From].Id], this[job.Script.Jobs[edge.To].Id], edge.IsFollowOn);
        }

        Settle();
    }

    /// <summary>A new leader has taken over: failed jobs are ready again, and what can be known is looked at anew.</summary>
    public void Resume()
    {
        foreach (var job in _inOrder.Where(job => job.WasReleased && !job.IsCommitted))
        {
            job.IsFailed = false;
            Release(job);
        }
    }

    /// <summary>The jobs whose values are still read, by the jobs that wait or by other such values.</summary>
    public HashSet<ModelJob> Held()
    {
        var held = new HashSet<ModelJob>();
        var pending = new Stack<ModelValue>(_inOrder.Where(job => !job.IsCommitted).Select(job => job.Arguments));
        pending.Push(new ModelValue.Gap(ScriptGenerator.Workflow, []));
        while (pending.TryPop(out var value))
        {
            foreach (var gap in value.All<ModelValue.Gap>())
            {
                var producer = this[gap.Producer];
                if (producer.IsCommitted && held.Add(producer))
                {
                    pending.Push(producer.Value!);
                }
            }
        }

        return held;
    }

    private void Add(NewJob made, ModelValue arguments)
    {
        var job = new ModelJob(scripts[made.Id], arguments, made.RequestKind);
        _jobs.Add(made.Id, job);
        _inOrder.Add(job);
    }

    private static void Link(ModelJob from, ModelJob to, bool isFollowOn)
    {
        from.Outgoing.Add((to, isFollowOn));
        to.Incoming.Add((from, isFollowOn));
    }

    /// <summary>Completes what is complete, then releases what that releases.</summary>
    private void Settle()
    {
        var news = true;
        while (news)
        {
            news = false;
            for (var i = _inOrder.Count - 1; i >= 0; i--)
            {
                news |= _inOrder[i].Complete();
            }
        }

        foreach (var job in _inOrder.Where(job => !job.WasReleased && job.IsReleased).ToList())
        {
            job.WasReleased = true;
            Release(job);
        }
    }

    private void Release(ModelJob job)
    {
        job.Resolved = Resolve(job.Arguments);
        AnyRefused |= job.Resolved is null;
    }

    private ModelValue? Resolve(ModelValue value) => new ModelResolver(id => _jobs.GetValueOrDefault(id)?.Value).Resolve(value);
}
