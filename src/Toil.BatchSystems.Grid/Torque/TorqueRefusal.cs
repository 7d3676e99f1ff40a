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

    /// <summary>Whether all that is wrong is that jobs have ended, or are known no more. Slurm's qdel says nothing then.</summary>
    public static bool IsAboutEnded(string said) => said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).All(line =>
        Ended.Any(words => line.Contains(words, StringComparison.OrdinalIgnoreCase)));
}
