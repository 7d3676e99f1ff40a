using Toil.BatchSystems.Grid.Slurm;

namespace Toil.BatchSystems.Grid.Torque;

/// <summary>What the commands complain of: for good, or for now.</summary>
internal static class TorqueRefusal
{
    /// <summary>Messages of pbs_error_db.h (Torque) and pbs_error.h (OpenPBS), and qsub's own, that no waiting changes.</summary>
    private static readonly string[] Final =
    [
        "Unknown queue", "illegal -", "Illegal attribute or resource value", "Unknown resource type", "Unknown resource:", "Job exceeds queue resource limits", "Job violates queue",
        "cannot locate feasible nodes", "Bad UID for job execution", "Bad GID for job execution", "Access to queue is denied", "Access from host not allowed", "Unauthorized Request", "invalid option",
        "usage:", "Job rejected by all possible destinations", "Cannot set attribute", "Resource invalid in", "cannot be used with \"select\"", "Invalid account", "Job array request",
        "Array size exceeds", "illegally formed",
    ];

    private static readonly string[] Ended = ["Unknown Job Id", "invalid state for job", "Job has finished", "Job has already finished", "already completing"];

    /// <summary>Whether a refused submission will never be taken. What isn't known to be so is tried again.</summary>
    public static bool IsFinal(string complaint) =>
        Final.Any(words => complaint.Contains(words, StringComparison.OrdinalIgnoreCase)) || SlurmRefusal.IsFinal(complaint);

    /// <summary>What the user is told. Very old servers take names of up to 15 letters only, and don't say that.</summary>
    public static string Explain(string complaint, string name) => !complaint.Contains("illegal -N", StringComparison.Ordinal) ? complaint
        : $"{complaint.TrimEnd('.')}: this server takes no names of {name.Length} letters, such as {name}, by which Toil finds its jobs again. It needs a newer Torque or PBS.";

    /// <summary>Whether all that is wrong is that jobs have ended, or are known no more. Slurm's qdel says nothing then.</summary>
    public static bool IsAboutEnded(string said) => said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).All(line =>
        Ended.Any(words => line.Contains(words, StringComparison.OrdinalIgnoreCase)));
}
