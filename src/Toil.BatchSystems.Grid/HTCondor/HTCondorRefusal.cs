namespace Toil.BatchSystems.Grid.HTCondor;

/// <summary>What HTCondor's commands complain of: for good, or for now.</summary>
internal static class HTCondorRefusal
{
    /// <summary>condor_submit finds most mistakes itself, before it talks to anybody; a schedd refuses by SUBMIT_REQUIREMENTs.</summary>
    private static readonly string[] Final =
    [
        "is not allowed", "Submit requirement", "SUBMIT_REQUIREMENT", "Parse error", "syntax error", "Unknown universe", "not a valid", "Invalid ", "must be", "cannot be used", "does not exist", "not executable",
        "No such file", "unrecognized", "is required",
    ];

    /// <summary>What the network and a busy schedd bring.</summary>
    private static readonly string[] Passing = ["Can't find address", "Failed to connect", "Unable to connect", "SECMAN", "AUTHENTICATE", "timed out", "MAX_JOBS", "number of jobs", "Failed to fetch"];

    /// <summary>Whether a refused submission will never be taken. What isn't known to be so is tried again.</summary>
    public static bool IsFinal(string complaint) => Contains(complaint, Final) && !Contains(complaint, Passing);

    /// <summary>Whether all that is wrong is that jobs have ended, or are known no more.</summary>
    public static bool IsAboutEnded(string said) => said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .All(line => Contains(line, ["not found", "Couldn't find", "already", "marked for removal", "No jobs", "No result found", "Job not in queue", "completed"]) && !Contains(line, Passing));

    private static bool Contains(string text, string[] words) => words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
