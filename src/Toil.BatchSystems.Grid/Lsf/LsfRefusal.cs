using Toil.BatchSystems.Grid.Slurm;

namespace Toil.BatchSystems.Grid.Lsf;

/// <summary>What LSF's commands complain of: for good, or for now.</summary>
internal static class LsfRefusal
{
    /// <summary>Messages of lsb_sysmsg() and bsub's own that no waiting changes.</summary>
    private static readonly string[] Final =
    [
        "No such queue", "User cannot use the queue", "Bad resource requirement", "Illegal option", "invalid option", "Unknown option", "Illegal value", "Bad arguments", "Bad host name", "Usage:",
        "Queue requires", "Queue does not accept", "Cannot exceed queue's hard limit", "exceeds the hard limit", "MEMLIMIT", "Bad GPU", "Invalid GPU", "Unknown queue", "project",
        "Too many processors requested", "No such application", "not a valid", "user group", "Bad job name", "Job array index", "Specified string is too long", "Permission denied",
        "Request aborted by esub", "Undefined resource",
    ];

    private static readonly string[] Ended =
    [
        "already finished", "No matching job", "is being terminated", "No unfinished job", "is not found", "Job has already", "being signaled", "already completing", "Invalid job id",
    ];

    /// <summary>Limits on the number of jobs pass, whatever words announce them.</summary>
    private static readonly string[] Passing = ["limit reached", "pending job", "job threshold", "not responding", "is down", "Too many"];

    /// <summary>Whether all that is wrong is that a submission is an array, or too large a one.</summary>
    public static bool IsAboutArrays(string complaint) => Contains(complaint, "array") && (Contains(complaint, "size") || Contains(complaint, "index"));

    /// <summary>Whether a refused submission will never be taken. What isn't known to be so is tried again.</summary>
    public static bool IsFinal(string complaint) => Contains(complaint, "processors requested")
        || SlurmRefusal.IsFinal(complaint)
        || (Final.Any(words => Contains(complaint, words)) && !Passing.Any(words => Contains(complaint, words)));

    /// <summary>Whether all that is wrong is that jobs have ended, or are known no more.</summary>
    public static bool IsAboutEnded(string said) => said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).All(line => Ended.Any(words => Contains(line, words)));

    private static bool Contains(string text, string words) => text.Contains(words, StringComparison.OrdinalIgnoreCase);
}
