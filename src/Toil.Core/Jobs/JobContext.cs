namespace Toil;

/// <summary>What a running job sees of the workflow: itself, its files, its log, and a way to add jobs.</summary>
public sealed class JobContext
{
    private readonly Action<LogLevel, string> _log;

    internal JobContext(Job self, Requirements requirements, int tryNumber, IFileStore files, Action<LogLevel, string> log, CancellationToken cancellation)
    {
        Self = self;
        Requirements = requirements;
        TryNumber = tryNumber;
        Files = files;
        _log = log;
        Cancellation = cancellation;
    }

    /// <summary>The running job: add children and follow-ons to it.</summary>
    public Job Self { get; }

    public string Name => Self.Name;

    /// <summary>What the job was given.</summary>
    public Requirements Requirements { get; }

    /// <summary>1 for the first try.</summary>
    public int TryNumber { get; }

    public IFileStore Files { get; }

    public string TempDirectory => Files.TempDirectory;

    /// <summary>Cancelled when the workflow is stopped.</summary>
    public CancellationToken Cancellation { get; }

    /// <inheritdoc cref="Job.AddChild"/>
    public Job AddChild(Job child) => Self.AddChild(child);

    /// <inheritdoc cref="Job.AddFollowOn"/>
    public Job AddFollowOn(Job followOn) => Self.AddFollowOn(followOn);

    /// <inheritdoc cref="Job.AddService"/>
    public Job AddService(Job service) => Self.AddService(service);

    /// <summary>Sends a message to the leader's log.</summary>
    public void Log(string message, LogLevel level = LogLevel.Info) => _log(level, message);

    /// <inheritdoc cref="RealTimeLogger"/>
    public void LogInRealTime(string message, LogLevel level = LogLevel.Info) => RealTimeLog?.Invoke(level, message);

    /// <summary>Null without <c>--realTimeLogging</c>.</summary>
    internal Action<LogLevel, string>? RealTimeLog { get; init; }
}
