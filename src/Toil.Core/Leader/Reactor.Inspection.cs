using Toil.Jobs;

namespace Toil.Leader;

/// <summary>What reports may ask. Nothing here changes anything, and nothing of it is called while a workflow runs.</summary>
internal sealed partial class Reactor
{
    /// <summary>What a live job is.</summary>
    public JobDefinition Describe(long job) => DefinitionOf(job);

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
