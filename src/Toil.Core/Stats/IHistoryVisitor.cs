using Toil.Agents;
using Toil.Jobs;
using Toil.Leader;

namespace Toil.Stats;

/// <summary>Is told, in order, what ever happened in a workflow.</summary>
internal interface IHistoryVisitor
{
    /// <summary>A job was added. Numbers grow.</summary>
    void Added(long job, string name, ResourceRequest request);

    /// <summary>Two jobs were linked; both were added before.</summary>
    void Linked(Edge edge) { }

    /// <summary>A commit has deleted a file.</summary>
    void Deleted(string fileKey) { }

    /// <summary>A file goes as soon as a job and everything after it are complete.</summary>
    void CleanedUp(string fileKey) { }

    /// <summary>A checkpoint runs again: these jobs are no more.</summary>
    void Undone(long first, int count) { }

    /// <summary>A job's last predecessor has released it, or an attempt of it has failed and another follows.</summary>
    void Ready(long job, DateTimeOffset at);

    /// <summary>An attempt succeeded.</summary>
    void Committed(AttemptId attempt, ResourceUsage usage);

    /// <summary>An attempt failed.</summary>
    /// <param name="failure">What is known of it.</param>
    /// <param name="isFinal">Whether no other try followed.</param>
    void Failed(FailureRecord failure, bool isFinal);

    /// <summary>A new leader took over: what was running had to begin again.</summary>
    void Resumed(DateTimeOffset at);
}
