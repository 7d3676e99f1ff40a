using Toil.Agents;
using Toil.Jobs;
using Toil.Values;

namespace Toil.Leader;

/// <summary>What reports may ask. Nothing here changes anything, and nothing of it is called while a workflow runs.</summary>
internal sealed partial class Reactor
{
    /// <summary>What a live job is.</summary>
    public JobDefinition Describe(long job) => DefinitionOf(job);

    /// <summary>What an agent would be given to run a job, if it ran now. Its attempt is none that ever was or will be.</summary>
    /// <exception cref="ToilException">Something that it needs isn't known.</exception>
    public LaunchOrder Rehearse(long job)
    {
        var definition = DefinitionOf(job);
        return new ValueResolver(this).Resolve(definition.Arguments, out var arguments) is { } error
            ? throw new ToilException($"Job '{definition.Name}' can't have its arguments: {Explain(error)}")
            : new LaunchOrder(new AttemptId(job, 0, 0), definition.Name, 1, RequirementsOf(job), CodeOf(definition.CodeId), arguments)
            {
                IsService = _jobs[job].IsService,
            };
    }

    /// <summary>Keys of the files that commits have deleted and that may still be there.</summary>
    public IEnumerable<string> FilesToDelete() => _deletions.Values.SelectMany(deletion => deletion.Keys).Concat(_checkpoints.Values.SelectMany(checkpoint => checkpoint.Deferred));

    /// <summary>What the run of a checkpoint that isn't complete has led to, and what would be undone if it ran again.</summary>
    public IEnumerable<JobRange> MadeBy(long checkpoint) =>
        _checkpointOf.TryGetValue(checkpoint, out var id) ? Within(id).SelectMany(inner => inner.Made) : [];

    /// <summary>The values that somebody may still read: arguments of jobs to come, and return values of those that have run.</summary>
    public IEnumerable<(long Job, EncodedValue Value)> ValuesAhead()
    {
        foreach (var job in _jobs.Numbers())
        {
            if (_jobs[job].State is JobState.Waiting or JobState.Ready or JobState.Failed)
            {
                yield return (job, DefinitionOf(job).Arguments);
            }
            else if (ValueOf(job) is { } value)
            {
                yield return (job, value);
            }
        }
    }

    /// <summary>The predecessors that haven't released a waiting job yet.</summary>
    public IEnumerable<long> PredecessorsAhead(long job)
    {
        for (var index = _jobs[job].FirstIn; index >= 0; index = _links[index].NextIn)
        {
            var link = _links[index];
            if (!HasReleased(_jobs[link.From].State, link.Kind))
            {
                yield return link.From;
            }
        }
    }

    /// <summary>The successors, of those that run now, that a job whose run is committed still waits for.</summary>
    public IEnumerable<long> SuccessorsLeft(long job)
    {
        var kind = _jobs[job].State switch
        {
            JobState.Children => LinkKind.Child,
            JobState.FollowOns => LinkKind.FollowOn,
            _ => LinkKind.Service,
        };
        for (var index = _jobs[job].FirstOut; index >= 0; index = _links[index].NextOut)
        {
            var link = _links[index];
            if (link.Kind == kind && StateOf(link.To) is not (JobState.Gone or JobState.Complete or JobState.Up))
            {
                yield return link.To;
            }
        }
    }

    private static bool HasReleased(JobState predecessor, LinkKind kind) =>
        kind switch
        {
            LinkKind.Service => predecessor is JobState.Services or JobState.Up,
            LinkKind.Child => predecessor is JobState.Children or JobState.FollowOns or JobState.Stopping or JobState.Complete,
            _ => predecessor is JobState.FollowOns or JobState.Stopping or JobState.Complete,
        };
}
