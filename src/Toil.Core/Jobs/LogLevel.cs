namespace Toil;

/// <summary>How much a message matters; the names that <c>--logLevel</c> takes.</summary>
public enum LogLevel : byte
{
    Debug = 0,
    Info = 1,
    Warning = 2,
    Error = 3,
    Critical = 4,
    Off = 5,
}
