namespace Toil.Options;

internal static partial class ToilOptionTable
{
    /// <summary>What becomes of the logs of jobs.</summary>
    private static readonly ToilOption[] LogManagementOptions =
    [
        new ToilOption<ByteSize>("--maxLogFileSize", OptionGroup.LogManagement, ValueSyntaxes.SignedSize, o => o.MaxLogFileSize, (o, v) => o.MaxLogFileSize = v,
            "How much of a job's log to keep: its end, or its beginning when negative; 0 keeps all."),
        new ToilOption<string>("--writeLogs", OptionGroup.LogManagement, ValueSyntaxes.FilePath, o => o.WriteLogs, (o, v) => o.WriteLogs = v,
            "Write the output of failed jobs into this directory; without a path, into the current one.")
        { ImpliedValue = "." },
        new ToilOption<string>("--writeLogsGzip", OptionGroup.LogManagement, ValueSyntaxes.FilePath, o => o.WriteLogsGzip, (o, v) => o.WriteLogsGzip = v,
            "Like --writeLogs, but compressed.")
        { ImpliedValue = "." },
        new FlagOption("--writeLogsFromAllJobs", OptionGroup.LogManagement, o => o.WriteLogsFromAllJobs, (o, v) => o.WriteLogsFromAllJobs = v,
            "With --writeLogs or --writeLogsGzip: write the output of jobs that succeed, too."),
        new ToilOption<string>("--writeMessages", OptionGroup.LogManagement, ValueSyntaxes.FilePath, o => o.WriteMessages, (o, v) => o.WriteMessages = v,
            "Write what happens to jobs to this file, as one line of JSON each, while it happens."),
        new FlagOption("--realTimeLogging", OptionGroup.LogManagement, o => o.RealTimeLogging, (o, v) => o.RealTimeLogging = v,
            "Show in the leader's log what jobs send to the real-time log, as they send it."),
    ];
}
