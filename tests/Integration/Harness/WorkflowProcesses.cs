using System.Globalization;
using System.Text;
using Toil.Agents;

namespace Toil.Integration.Tests;

/// <summary>Finds the processes that a workflow's agents have started, wherever they have gone.</summary>
internal static class WorkflowProcesses
{
    private static readonly string Prefix = $"{AgentIdentity.Variable}=";

    /// <summary>The ids of all processes whose environment names the workflow.</summary>
    public static IReadOnlyList<int> Of(Guid workflow) =>
        [.. ProcessTable.All().Where(id => Variables(id).Any(variable => variable.StartsWith($"{Prefix}{workflow}/", StringComparison.Ordinal)))];

    public static Task<TimeSpan> WaitUntilGoneAsync(Guid workflow, TimeSpan within) =>
        Deadline.UntilAsync(() => Of(workflow).Count == 0, $"the end of {string.Join(", ", Of(workflow).Select(Describe))}", within);

    /// <summary>The process that ends what a leader leaves, or null when there is none.</summary>
    public static int? JanitorOf(int leader)
    {
        var shells = ProcessTable.All().Where(id => ProcessTable.Find(id)?.Parent == leader && CommandLineOf(id).StartsWith("/bin/sh\0-c\0trap '' HUP", StringComparison.Ordinal)).ToList();
        return shells.Count == 0 ? null : Assert.Single(shells);
    }

    /// <returns>A process's words, each with a zero behind it; empty when it has ended.</returns>
    public static string CommandLineOf(int id) => Read(id, "cmdline");

    private static string[] Variables(int id) => Read(id, "environ").Split('\0');

    private static string Describe(int id) => $"process {id}: {CommandLineOf(id).Replace('\0', ' ')}";

    private static string Read(int id, string file)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/{file}")));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
