namespace Toil.Options;

/// <summary>What options must hold of each other.</summary>
internal static class OptionRules
{
    private static readonly ToilOptions Defaults = new();

    /// <exception cref="UsageException">Options contradict each other, or one lacks another that it needs; both are named.</exception>
    public static void Check(ToilOptions options)
    {
        CheckStore(options);
        CheckLogs(options);
        CheckLimits(options);
    }

    private static void CheckStore(ToilOptions options)
    {
        Refuse(options.AcceptLoss && !options.Restart,
            "--acceptLoss needs --restart: a new workflow has nothing to lose.");
        Refuse(options.Stats && options.Clean != CleanPolicy.Never,
            "--stats and a --clean other than never contradict each other: statistics are read from the job store; leave one of them out.");
    }

    private static void CheckLogs(ToilOptions options)
    {
        var writesLogs = options.WriteLogs is not null || options.WriteLogsGzip is not null;
        var logs = options.WriteLogs is null ? "--writeLogsGzip" : "--writeLogs";
        Refuse(options.WriteLogs is not null && options.WriteLogsGzip is not null,
            "--writeLogs and --writeLogsGzip contradict each other: logs are written plain or compressed; give one of them.");
        Refuse(options.WriteLogsFromAllJobs && !writesLogs,
            "--writeLogsFromAllJobs needs a directory to write them into: give --writeLogs or --writeLogsGzip too.");
        Refuse(options.NoStdOutErr && options.DisableWorkerOutputCapture,
            "--noStdOutErr and --disableWorkerOutputCapture contradict each other: the output of jobs is thrown away, or shown here; give one of them.");
        Refuse(options.NoStdOutErr && writesLogs,
            $"--noStdOutErr and {logs} contradict each other: output that is thrown away can't be written; give one of them.");
        Refuse(options.DisableWorkerOutputCapture && writesLogs,
            $"--disableWorkerOutputCapture and {logs} contradict each other: output that is shown here isn't in any log; give one of them.");
        Refuse(options.RotatingLogging && options.LogFile is null,
            "--rotatingLogging needs a file that it can begin anew: give --logFile too.");
        Refuse(options.RotatingLogging && options.MaxLogFileSize.Bytes <= 0,
            "--rotatingLogging needs a --maxLogFileSize above 0: it is the size at which the --logFile is begun anew.");
    }

    private static void CheckLimits(ToilOptions options)
    {
        // A default that nobody set may be above a limit: then jobs say what they need.
        Refuse(options.MaxCores < options.DefaultCores && options.DefaultCores != Defaults.DefaultCores,
            "--defaultCores is above --maxCores: jobs that don't ask for cores could never run.");
        Refuse(options.MaxMemory < options.DefaultMemory && options.DefaultMemory != Defaults.DefaultMemory,
            "--defaultMemory is above --maxMemory: jobs that don't ask for memory could never run.");
        Refuse(options.MaxDisk < options.DefaultDisk && options.DefaultDisk != Defaults.DefaultDisk,
            "--defaultDisk is above --maxDisk: jobs that don't ask for disk space could never run.");
        Refuse(options.DeadlockCheckInterval > options.DeadlockWait && options.DeadlockWait > TimeSpan.Zero,
            "--deadlockCheckInterval is longer than --deadlockWait; make it shorter.");
        Refuse(options.BadWorkerFailInterval != Defaults.BadWorkerFailInterval && options.BadWorker == 0,
            "--badWorkerFailInterval needs --badWorker: without it no job is killed.");
    }

    private static void Refuse(bool isBroken, string complaint)
    {
        if (isBroken)
        {
            throw new UsageException(complaint);
        }
    }
}
