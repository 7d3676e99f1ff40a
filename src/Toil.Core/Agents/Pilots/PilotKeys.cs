using System.Globalization;
using Toil.JobStores;

namespace Toil.Agents;

/// <summary>Where a leader leaves things for its pilots, and how they are called.</summary>
internal static class PilotKeys
{
    /// <summary>Where the leader listens: a <see cref="PilotAddress"/>.</summary>
    public const string Address = JobStoreLayout.Pilots + "leader";

    /// <summary>From which leaders derive the tickets of pilots: the same for all leaders of a workflow.</summary>
    public const string Secret = JobStoreLayout.Pilots + "secret";

    /// <summary>A pilot's <see cref="PilotLaunch"/>. It goes when the pilot has come, and its token with it.</summary>
    public static string LaunchOf(string name) => $"{JobStoreLayout.Pilots}launch/{name}";

    /// <summary>What all pilots are called that are submitted together.</summary>
    public static string Batch(int epoch, int number) => string.Create(CultureInfo.InvariantCulture, $"pilot.{epoch}.{number}");

    public static string NameOf(string batch, int entry) => string.Create(CultureInfo.InvariantCulture, $"{batch}-{entry}");

    /// <summary>The pilot that a job of a scheduler is; null when it is none.</summary>
    /// <param name="jobName">The name that the scheduler knows it by.</param>
    public static string? Parse(string jobName) => jobName.IndexOf("-pilot.", StringComparison.Ordinal) is > 0 and var at ? jobName[(at + 1)..] : null;
}
