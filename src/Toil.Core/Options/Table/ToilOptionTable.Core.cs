namespace Toil.Options;

internal static partial class ToilOptionTable
{
    public const string ConfigName = "--config";

    /// <summary>Where a workflow is kept, and how it begins and ends.</summary>
    private static readonly ToilOption[] CoreOptions =
    [
        new ToilOption<string>("--jobStore", OptionGroup.Core, ValueSyntaxes.Locator, o => o.JobStore, (o, v) => o.JobStore = v,
            "Where the workflow keeps its state and files: a path, or file:path.")
        { EnvironmentVariable = null, DefaultNote = "" },
        new FlagOption("--restart", OptionGroup.Core, o => o.Restart, (o, v) => o.Restart = v,
            "Resume the workflow in the job store; finished jobs aren't run again.")
        { EnvironmentVariable = null },
        new FlagOption("--acceptLoss", OptionGroup.Core, o => o.AcceptLoss, (o, v) => o.AcceptLoss = v,
            "With --restart: go on although the journal is damaged, from the state before the damage."),
        new ToilOption<string>(ConfigName, OptionGroup.Core, ValueSyntaxes.FilePath, o => o.Config, (o, v) => o.Config = v,
            "Read options from this file, which 'toil config' writes; whatever else says something of an option wins."),
        new ToilOption<CleanPolicy>("--clean", OptionGroup.Core, ValueSyntaxes.Policy, o => o.Clean, (o, v) => o.Clean = v,
            "When to delete the job store at the workflow's end: always, onError, never or onSuccess.")
        { DefaultNote = "onSuccess; never with --stats" },
        new ToilOption<string>("--workDir", OptionGroup.Core, ValueSyntaxes.FilePath, o => o.WorkDir, (o, v) => o.WorkDir = v,
            "Existing directory for the temporary files of jobs.")
        { EnvironmentVariable = "TOIL_WORKDIR", OverrideVariable = "TOIL_WORKDIR_OVERRIDE", DefaultNote = "TMPDIR, or the system's" },
        new ToilOption<CleanPolicy>("--cleanWorkDir", OptionGroup.Core, ValueSyntaxes.Policy, o => o.CleanWorkDir, (o, v) => o.CleanWorkDir = v,
            "When to delete a job's temporary directory at the job's end: always, onError, never or onSuccess. What is kept can fill a disk."),
        new ToilOption<string>("--coordinationDir", OptionGroup.Core, ValueSyntaxes.FilePath, o => o.CoordinationDir, (o, v) => o.CoordinationDir = v,
            "Existing local directory for sockets and locks; best in memory.")
        { OverrideVariable = "TOIL_COORDINATION_DIR_OVERRIDE" },
        new FlagOption("--noStdOutErr", OptionGroup.Core, o => o.NoStdOutErr, (o, v) => o.NoStdOutErr = v,
            "Throw away what jobs write to standard output and error instead of keeping it in their logs."),
        new FlagOption("--stats", OptionGroup.Core, o => o.Stats, (o, v) => o.Stats = v,
            "Keep the job store after the workflow's end, for 'toil stats'."),
        new ToilOption<string>("--clusterStats", OptionGroup.Core, ValueSyntaxes.FilePath, o => o.ClusterStats, (o, v) => o.ClusterStats = v,
            "Write how the nodes were used to this file, as JSON; without a path, into the current directory.")
        { ImpliedValue = "." },
    ];
}
