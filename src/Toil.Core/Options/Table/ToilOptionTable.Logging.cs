namespace Toil.Options;

internal static partial class ToilOptionTable
{
    /// <summary>What the leader's log shows, and where.</summary>
    private static readonly ToilOption[] LoggingOptions =
    [
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
        new FlagOption("--rotatingLogging", OptionGroup.Logging, o => o.RotatingLogging, (o, v) => o.RotatingLogging = v,
            "Begin the --logFile anew when it has reached --maxLogFileSize, and keep one earlier file."),
    ];
}
