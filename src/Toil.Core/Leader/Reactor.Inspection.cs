using Toil.Jobs;
using Toil.Values;

namespace Toil.Leader;

/// <summary>What reports may ask. Nothing here changes anything, and nothing of it is called while a workflow runs.</summary>
internal sealed partial class Reactor
{
    /// <summary>What a live job is.</summary>
    public JobDefinition Describe(long job) => DefinitionOf(job);

    /// <summary>Keys of the files that commits have deleted and that may still be there.</summary>
    public IEnumerable<string> FilesToDelete() => _deletions.Values.SelectMany(keys => keys);

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
        var kind = _jobs[job].State == JobState.Children ? LinkKind.Child : LinkKind.FollowOn;
        for (var index = _jobs[job].FirstOut; index >= 0; index = _links[index].NextOut)
        {
            var link = _links[index];
            if (link.Kind == kind && StateOf(link.To) is not (JobState.Gone or JobState.Complete))
            {
                yield return link.To;
            }
        }
    }

    private static bool HasReleased(JobState predecessor, LinkKind kind) =>
        predecessor is JobState.FollowOns or JobState.Complete || (kind == LinkKind.Child && predecessor == JobState.Children);
}
