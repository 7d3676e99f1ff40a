namespace Toil.BatchSystems.Grid.Slurm;

/// <summary>The variables that Slurm's commands see.</summary>
internal static class SlurmEnvironment
{
    /// <summary>What says which cluster to talk to, and how.</summary>
    private static readonly HashSet<string> Kept = ["SLURM_CLUSTERS", "SLURM_CONF", "SLURM_CONF_SERVER", "SLURM_DEBUG_FLAGS", "SLURM_JWT"];

    /// <summary>These make sbatch wait, or submit something else than it is told.</summary>
    private static readonly HashSet<string> Dropped = ["SBATCH_ARRAY_INX", "SBATCH_WAIT"];

    /// <summary>
    /// Users' defaults for the output of squeue and others would change what is to be read here; and when the leader is itself a job of Slurm,
    /// what Slurm has set for it isn't meant for its jobs.
    /// </summary>
    public static IReadOnlyDictionary<string, string> For(IReadOnlyDictionary<string, string> variables)
    {
        var kept = variables.Where(variable => !IsInTheWay(variable.Key)).ToDictionary();
        kept["SLURM_TIME_FORMAT"] = "standard";

        // squeue names all elements of an array that wait together, however many.
        kept["SLURM_BITSTR_LEN"] = "0";
        return kept;
    }

    private static bool IsInTheWay(string name) =>
        Dropped.Contains(name)
        || (name.StartsWith("SLURM_", StringComparison.Ordinal) && !Kept.Contains(name))
        || name.StartsWith("SQUEUE_", StringComparison.Ordinal)
        || name.StartsWith("SACCT_", StringComparison.Ordinal)
        || name.StartsWith("SCANCEL_", StringComparison.Ordinal)
        || name.StartsWith("SCONTROL_", StringComparison.Ordinal);
}
