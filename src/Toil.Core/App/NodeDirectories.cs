namespace Toil;

/// <summary>The directories that options name must exist: one that was made because of a typing error would fill the wrong disk.</summary>
internal static class NodeDirectories
{
    /// <exception cref="UsageException">One doesn't exist; the error names the option and its variables.</exception>
    public static void Check(ToilOptions options)
    {
        Require(options.WorkDir, "--workDir, TOIL_WORKDIR or TOIL_WORKDIR_OVERRIDE");
        if (options.CoordinationDir is { } coordination)
        {
            Require(coordination, "--coordinationDir, TOIL_COORDINATION_DIR or TOIL_COORDINATION_DIR_OVERRIDE");
        }
    }

    private static void Require(string directory, string sources)
    {
        if (!Directory.Exists(directory))
        {
            throw new UsageException($"There is no directory {directory}, which {sources} names. Make it first, or name another one.");
        }
    }
}
