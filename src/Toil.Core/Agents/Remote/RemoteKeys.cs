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

    /// <summary>What a scheduler knows the job as that a bundle's entry describes.</summary>
    public static string NameOf(Guid workflow, string launch, int entry) =>
        string.Create(CultureInfo.InvariantCulture, $"{NamePrefix(workflow)}{launch[JobStoreLayout.Launch.Length..]}-{entry}");

    /// <summary>The other way round.</summary>
    /// <returns>The bundle and the entry; null for a name of another form.</returns>
    public static (string Launch, int Entry)? Parse(string name, string prefix)
    {
        var dash = name.LastIndexOf('-');
        return dash > prefix.Length && name.StartsWith(prefix, StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var entry)
                ? (JobStoreLayout.Launch + name[prefix.Length..dash], entry)
                : null;
    }
}
