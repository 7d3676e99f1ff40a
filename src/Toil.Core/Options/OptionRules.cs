namespace Toil.Options;

/// <summary>What options must hold of each other.</summary>
internal static class OptionRules
{
    private static readonly ToilOptions Defaults = new();

    private static readonly (Func<ToilOptions, bool> IsBroken, Func<ToilOptions, string> Complaint)[] All =
    [
        (o => o.AcceptLoss && !o.Restart,
            _ => "--acceptLoss needs --restart: a new workflow has nothing to lose."),
        (o => o.Stats && o.Clean != CleanPolicy.Never,
            o => $"--stats and --clean={ValueSyntaxes.Policy.Format(o.Clean)} contradict each other: statistics are read from the job store; leave one of them out."),
        (o => o.NoStdOutErr && o.DisableWorkerOutputCapture,
            _ => "--noStdOutErr and --disableWorkerOutputCapture contradict each other: the output of jobs is thrown away, or shown here; give one of them."),
        (o => o.WriteLogs is not null && o.WriteLogsGzip is not null,
            _ => "--writeLogs and --writeLogsGzip contradict each other: logs are written plain or compressed; give one of them."),
        (o => o.WriteLogsFromAllJobs && !WritesLogs(o),
            _ => "--writeLogsFromAllJobs needs a directory to write them into: give --writeLogs or --writeLogsGzip too."),
        (o => o.NoStdOutErr && WritesLogs(o),
            o => $"--noStdOutErr and {LogsOption(o)} contradict each other: output that is thrown away can't be written; give one of them."),
        (o => o.DisableWorkerOutputCapture && WritesLogs(o),
            o => $"--disableWorkerOutputCapture and {LogsOption(o)} contradict each other: output that is shown here isn't in any log; give one of them."),
        (o => o.RotatingLogging && o.LogFile is null,
            _ => "--rotatingLogging needs a file that it can begin anew: give --logFile too."),
        (o => o.RotatingLogging && o.MaxLogFileSize.Bytes <= 0,
            _ => "--rotatingLogging needs a --maxLogFileSize above 0: it is the size at which the --logFile is begun anew."),
        (o => o.MaxCores < o.DefaultCores && o.DefaultCores != Defaults.DefaultCores,
            o => Above("cores", ValueSyntaxes.Cores.Format(o.DefaultCores), ValueSyntaxes.Cores.Format(o.MaxCores!.Value))),
        (o => o.MaxMemory < o.DefaultMemory && o.DefaultMemory != Defaults.DefaultMemory,
            o => Above("memory", $"{o.DefaultMemory}", $"{o.MaxMemory}")),
        (o => o.MaxDisk < o.DefaultDisk && o.DefaultDisk != Defaults.DefaultDisk,
            o => Above("disk", $"{o.DefaultDisk}", $"{o.MaxDisk}")),
        (o => o.DeadlockCheckInterval > o.DeadlockWait && o.DeadlockWait > TimeSpan.Zero,
            o => $"--deadlockCheckInterval ({Duration.Format(o.DeadlockCheckInterval)}) is longer than --deadlockWait ({Duration.Format(o.DeadlockWait)}); make it shorter."),
        (o => o.BadWorkerFailInterval != Defaults.BadWorkerFailInterval && o.BadWorker == 0,
            _ => "--badWorkerFailInterval needs --badWorker: without it no job is killed."),
    ];

    /// <exception cref="UsageException">Options contradict each other, or one lacks another that it needs; both are named.</exception>
    public static void Check(ToilOptions options)
    {
        foreach (var (isBroken, complaint) in All)
        {
            if (isBroken(options))
            {
                throw new UsageException(complaint(options));
            }
        }
    }

    private static bool WritesLogs(ToilOptions options) => options.WriteLogs is not null || options.WriteLogsGzip is not null;

    private static string LogsOption(ToilOptions options) => options.WriteLogs is null ? "--writeLogsGzip" : "--writeLogs";

    private static string Above(string resource, string value, string limit)
    {
        var name = char.ToUpperInvariant(resource[0]) + resource[1..];
        return $"--default{name} ({value}) is above --max{name} ({limit}): jobs that don't ask for {resource} could never run.";
    }
}
