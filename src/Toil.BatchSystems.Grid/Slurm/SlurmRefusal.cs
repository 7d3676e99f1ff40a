namespace Toil.BatchSystems.Grid.Slurm;

/// <summary>What Slurm's commands complain of: for good, or for now.</summary>
internal static class SlurmRefusal
{
    /// <summary>Errors of slurm_strerror(3) and of sbatch's own option parser that no waiting changes.</summary>
    private static readonly string[] Final =
    [
        "Requested node configuration is not available", "Invalid partition", "Invalid account", "Invalid qos", "Invalid generic resource", "Invalid feature specification",
        "Invalid Trackable RESource", "Memory specification can not be satisfied", "Requested time limit is invalid", "Invalid --time specification", "More processors requested than permitted",
        "Node count specification invalid", "User's group not permitted", "Requested partition configuration not available", "Invalid reservation",
        "Invalid license specification", "Invalid --", "unrecognized option", "invalid option", "Unable to open file", "is not a valid", "Access/permission denied", "User not allowed",
        "Temporary disk specification", "requires an argument", "is ambiguous",
    ];

    /// <summary>Whether all that is wrong is that a submission is an array, or too large a one.</summary>
    public static bool IsAboutArrays(string complaint) => complaint.Contains("Invalid job array specification", StringComparison.Ordinal);

    /// <summary>Whether a refused submission will never be taken. What isn't known to be so is tried again.</summary>
    public static bool IsFinal(string complaint) => Final.Any(words => complaint.Contains(words, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether all that is wrong is that jobs have ended, or are known no more.</summary>
    public static bool IsAboutEnded(string error) => error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).All(line =>
        line.Contains("Invalid job id", StringComparison.Ordinal) || line.Contains("already completing or completed", StringComparison.Ordinal));
}
