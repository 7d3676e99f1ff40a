namespace Toil;

/// <summary>
/// The real-time log: what a job writes here appears in the leader's log at once when the workflow runs with
/// <c>--realTimeLogging</c>, and costs nothing and goes nowhere otherwise. Works anywhere in a job's code.
/// </summary>
public static class RealTimeLogger
{
    private static readonly AsyncLocal<Action<LogLevel, string>?> Sink = new();

    /// <summary>Whether messages are passed on; where making one is costly, ask first.</summary>
    public static bool IsOn => Sink.Value is not null;

    /// <summary>Sends a message.</summary>
    public static void Write(LogLevel level, string message) => Sink.Value?.Invoke(level, message);

    public static void Debug(string message) => Write(LogLevel.Debug, message);

    public static void Info(string message) => Write(LogLevel.Info, message);

    public static void Warning(string message) => Write(LogLevel.Warning, message);

    public static void Error(string message) => Write(LogLevel.Error, message);

    public static void Critical(string message) => Write(LogLevel.Critical, message);

    /// <summary>Where messages of this job go; null for nowhere. What the job awaits or starts inherits it.</summary>
    internal static void Begin(Action<LogLevel, string>? sink)
    {
        if (sink is not null || IsOn)
        {
            Sink.Value = sink;
        }
    }
}
