namespace Toil.BatchSystems.Grid.GridEngine;

/// <summary>What Grid Engine's commands complain of: for good, or for now.</summary>
internal static class GridEngineRefusal
{
    private static readonly string[] Final =
    [
        "does not exist", "unknown resource", "invalid option", "can't resolve hostname", "has no permission", "not allowed", "Unknown option", "no suitable queues", "denied: ",
    ];

    /// <summary>Limits on the number of jobs pass, whatever words announce them.</summary>
    private static readonly string[] Passing = ["max_u_jobs", "max_jobs", "job limit", "more jobs", "per user"];

    /// <summary>Whether a refused submission will never be taken. What isn't known to be so is tried again.</summary>
    public static bool IsFinal(string complaint) =>
        Final.Any(words => complaint.Contains(words, StringComparison.OrdinalIgnoreCase)) && !Passing.Any(words => complaint.Contains(words, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether all that is wrong is that jobs have ended, or are known no more.</summary>
    public static bool IsAboutEnded(string said) => said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).All(line =>
        line.Contains("does not exist", StringComparison.Ordinal) || line.Contains("do not exist", StringComparison.Ordinal)
        || line.Contains("for deletion", StringComparison.Ordinal) || line.Contains("has deleted job", StringComparison.Ordinal)
        || line.Contains("already in deletion", StringComparison.Ordinal));
}
