using Toil.Agents;
using Toil.Leader;

namespace Toil.BatchSystems;

/// <summary>What a batch system elsewhere tells the leader; called on any thread.</summary>
internal interface IRemoteEvents : IAgentEvents
{
    /// <summary>An attempt has been submitted.</summary>
    void Submitted(Submission submission);

    /// <summary>Something has become free: more can be started.</summary>
    void Changed();

    /// <summary>An attempt is over.</summary>
    /// <param name="commit">A commit that was found in the job store; perhaps of another attempt of the same job.</param>
    /// <param name="otherwise">How the attempt ended if that commit isn't its job's; null when no attempt's end is known.</param>
    void Found(AttemptOutcome? commit, AttemptOutcome? otherwise);

    /// <summary>Something is broken that can't be done without: the leader stops. What runs goes on, for the next one.</summary>
    void Broken(Exception error);
}
