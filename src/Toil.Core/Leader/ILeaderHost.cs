using Toil.Agents;

namespace Toil.Leader;

/// <summary>What the leader's loop needs of its surroundings. Called on the leader's thread; must not block it.</summary>
internal interface ILeaderHost
{
    /// <summary>Throws when another leader may have taken over: from then on nothing may be acted upon.</summary>
    void ConfirmLeadership();

    /// <summary>Deletes global files in the background, then calls back.</summary>
    void DeleteFiles(Deletion files, Action done);

    /// <summary>An attempt is over: the files of one that wasn't committed go.</summary>
    void Settled(AttemptId attempt, bool committed);

    void AttemptFailed(Command.ReportFailure failure);

    void Logged(string jobName, LogLevel level, string message);

    /// <summary>The counts have changed; called at most once a group.</summary>
    void Progressed(WorkflowCounts counts);
}
