using System.Globalization;
using Toil.JobStores;

namespace Toil.Agents;

/// <summary>Where a leader and its workers elsewhere leave things for each other.</summary>
internal static class RemoteKeys
{
    /// <summary>A job's commit: the same for all its attempts, so that the first wins.</summary>
    public static string CommitOf(long job) => string.Create(CultureInfo.InvariantCulture, $"{JobStoreLayout.Outbox}{job}");

    /// <summary>How an attempt failed.</summary>
    public static string FailureOf(AttemptId attempt) => $"{JobStoreLayout.Outbox}{attempt}";

    /// <summary>What a service's start returned.</summary>
    public static string StartedOf(AttemptId attempt) => $"{JobStoreLayout.Mail}{attempt}/started";

    /// <summary>Tells a service to stop.</summary>
    public static string StopOf(AttemptId attempt) => $"{JobStoreLayout.Mail}{attempt}/stop";

    public static string Launch(int epoch, int number) => string.Create(CultureInfo.InvariantCulture, $"{JobStoreLayout.Launch}{epoch}.{number}");

    /// <summary>What the names of a workflow's jobs begin with at a scheduler.</summary>
    public static string NamePrefix(Guid workflow) => $"toil-{workflow:N}-";

    public static string NameOf(Guid workflow, AttemptId attempt) => $"{NamePrefix(workflow)}{attempt}";
}
