namespace Toil.Options;

/// <summary>Every option of the engine, defined once, in the order that help shows them within their groups.</summary>
/// <remarks>A table that is longer than a file should be: splitting it would hide its order. An option stands here only when the engine honours it.</remarks>
internal static class ToilOptionTable
{
    public static readonly IReadOnlyList<ToilOption> All =
    [
        new ToilOption<string>("--jobStore", OptionGroup.Core, ValueSyntaxes.Locator, o => o.JobStore, (o, v) => o.JobStore = v,
            "Where the workflow keeps its state and files: a path, or file:path.")
        { EnvironmentVariable = null, DefaultNote = "" },
        new ToilOption<bool>("--restart", OptionGroup.Core, ValueSyntaxes.Flag, o => o.Restart, (o, v) => o.Restart = v,
            "Resume the workflow in the job store; finished jobs aren't run again.")
        { EnvironmentVariable = null, ImpliedValue = "True" },
        new ToilOption<bool>("--acceptLoss", OptionGroup.Core, ValueSyntaxes.Flag, o => o.AcceptLoss, (o, v) => o.AcceptLoss = v,
            "With --restart: go on although the journal is damaged, from the state before the damage.")
        { ImpliedValue = "True" },
        new ToilOption<CleanPolicy>("--clean", OptionGroup.Core, ValueSyntaxes.Policy, o => o.Clean, (o, v) => o.Clean = v,
            "When to delete the job store at the workflow's end: always, onError, never or onSuccess."),
        new ToilOption<string>("--workDir", OptionGroup.Core, ValueSyntaxes.FilePath, o => o.WorkDir, (o, v) => o.WorkDir = v,
            "Existing directory for the temporary files of jobs.")
        { EnvironmentVariable = "TOIL_WORKDIR", OverrideVariable = "TOIL_WORKDIR_OVERRIDE", DefaultNote = "TMPDIR, or the system's" },

        new ToilOption<string>("--coordinationDir", OptionGroup.Core, ValueSyntaxes.FilePath, o => o.CoordinationDir, (o, v) => o.CoordinationDir = v,
            "Existing local directory for sockets and locks; best in memory.")
        { OverrideVariable = "TOIL_COORDINATION_DIR_OVERRIDE" },

        new ToilOption<LogLevel>("--logLevel", OptionGroup.Logging, ValueSyntaxes.Level, o => o.LogLevel, (o, v) => o.LogLevel = v,
            "Least important messages to show: CRITICAL (or OFF), ERROR, WARNING, INFO or DEBUG.")
        {
            Shorthands = new Dictionary<string, string>
            {
                ["--logOff"] = "OFF",
                ["--logCritical"] = "CRITICAL",
                ["--logError"] = "ERROR",
                ["--logWarning"] = "WARNING",
                ["--logInfo"] = "INFO",
                ["--logDebug"] = "DEBUG",
            },
        },
        new ToilOption<string>("--logFile", OptionGroup.Logging, ValueSyntaxes.FilePath, o => o.LogFile, (o, v) => o.LogFile = v,
            "Write the log to this file too."),

        new ToilOption<string>("--batchSystem", OptionGroup.BatchSystem, ValueSyntaxes.BatchSystem, o => o.BatchSystem, (o, v) => o.BatchSystem = v,
            "What runs the jobs: single_machine."),
        new ToilOption<int>("--retryCount", OptionGroup.BatchSystem, ValueSyntaxes.Count, o => o.RetryCount, (o, v) => o.RetryCount = v,
            "How often a failing job is tried again before it has failed for good."),

        new ToilOption<double>("--defaultCores", OptionGroup.Resources, ValueSyntaxes.Cores, o => o.DefaultCores, (o, v) => o.DefaultCores = v,
            "Cores of jobs that don't ask for any; fractions are allowed."),
        new ToilOption<ByteSize>("--defaultMemory", OptionGroup.Resources, ValueSyntaxes.Size, o => o.DefaultMemory, (o, v) => o.DefaultMemory = v,
            "Memory of jobs that don't ask for any."),
        new ToilOption<ByteSize>("--defaultDisk", OptionGroup.Resources, ValueSyntaxes.Size, o => o.DefaultDisk, (o, v) => o.DefaultDisk = v,
            "Disk space of jobs that don't ask for any."),
        new ToilOption<bool>("--defaultPreemptible", OptionGroup.Resources, ValueSyntaxes.Flag, o => o.DefaultPreemptible, (o, v) => o.DefaultPreemptible = v,
            "Let jobs that don't say run on nodes that can be taken away.")
        { ImpliedValue = "True" },
        new ToilOption<double>("--maxCores", OptionGroup.Resources, ValueSyntaxes.Cores, o => o.MaxCores, (o, v) => o.MaxCores = v,
            "Most cores to use at any one time.")
        { DefaultNote = "all there are" },
        new ToilOption<ByteSize>("--maxMemory", OptionGroup.Resources, ValueSyntaxes.Size, o => o.MaxMemory, (o, v) => o.MaxMemory = v,
            "Most memory to use at any one time.")
        { DefaultNote = "all there is" },
        new ToilOption<ByteSize>("--maxDisk", OptionGroup.Resources, ValueSyntaxes.Size, o => o.MaxDisk, (o, v) => o.MaxDisk = v,
            "Most disk space to use at any one time.")
        { DefaultNote = "all there is" },

        new ToilOption<bool>("--linkImports", OptionGroup.Storage, ValueSyntaxes.Flag, o => o.LinkImports, (o, v) => o.LinkImports = v,
            "Link imported files into the job store where the filesystem allows, instead of copying them.")
        { ImpliedValue = "True", Shorthands = new Dictionary<string, string> { ["--noLinkImports"] = "False" } },

        new ToilOption<ByteSize>("--maxLogFileSize", OptionGroup.LogManagement, ValueSyntaxes.SignedSize, o => o.MaxLogFileSize, (o, v) => o.MaxLogFileSize = v,
            "How much of a job's log to keep: its end, or its beginning when negative; 0 keeps all."),
        new ToilOption<string>("--writeLogs", OptionGroup.LogManagement, ValueSyntaxes.FilePath, o => o.WriteLogs, (o, v) => o.WriteLogs = v,
            "Write the output of failed jobs into this directory; without a path, into the current one.")
        { ImpliedValue = "." },

        new ToilOption<bool>("--disableChaining", OptionGroup.Miscellaneous, ValueSyntaxes.Flag, o => o.DisableChaining, (o, v) => o.DisableChaining = v,
            "Schedule every job anew, also one that could follow its predecessor in its place.")
        { ImpliedValue = "True" },
        new ToilOption<bool>("--disableProgress", OptionGroup.Miscellaneous, ValueSyntaxes.Flag, o => o.DisableProgress, (o, v) => o.DisableProgress = v,
            "Don't show progress, which appears when standard error is a terminal.")
        { ImpliedValue = "True" },
        new ToilOption<string>("--setEnv", OptionGroup.Miscellaneous, ValueSyntaxes.Assignment, o => o.SetEnv, AddVariable,
            "Set an environment variable for jobs; with NAME alone, to the value that it has here. May be repeated.")
        { EnvironmentVariable = null, Aliases = ["-e"], IsRepeatable = true, DefaultNote = "" },
    ];

    private static readonly Dictionary<string, ToilOption> ByKey = All.ToDictionary(option => option.Key, StringComparer.OrdinalIgnoreCase);

    /// <summary>The option of that name without dashes, whatever its case; null when there is none.</summary>
    public static ToilOption? Find(string key) => ByKey.GetValueOrDefault(key);

    private static void AddVariable(ToilOptions options, string assignment)
    {
        var parts = assignment.Split('=', 2);
        var value = parts.Length == 2 ? parts[1] : Environment.GetEnvironmentVariable(parts[0]) ?? "";
        options.SetEnv = new Dictionary<string, string>(options.SetEnv) { [parts[0]] = value };
    }
}
