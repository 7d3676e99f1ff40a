using Toil.Agents;
using Toil.Jobs;

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

    /// <summary>Registers a deferred action; null where there can't be any.</summary>
    internal Action<Job>? Deferral { get; init; }

    /// <summary>Runs a supervised child process; null where the job's own process is one.</summary>
    internal Func<ChildStart, CancellationToken, Task<ChildExit>>? Processes { get; init; }

    /// <inheritdoc cref="Job.AddChild"/>
    public Job AddChild(Job child) => Self.AddChild(child);

    /// <inheritdoc cref="Job.AddFollowOn"/>
    public Job AddFollowOn(Job followOn) => Self.AddFollowOn(followOn);

    /// <inheritdoc cref="Job.AddService"/>
    public Job AddService(Job service) => Self.AddService(service);

    /// <summary>
    /// Has a static method run on this node once this attempt has ended, however it ends: also when its process was killed, or
    /// the node's agent. Actions run last registered first, each in a process of its own, before the job is tried again on this
    /// node. One that was killed itself is run again. Their failures are reported in the log and change nothing else.
    /// </summary>
    /// <remarks>When it returns, the action is on the node's disk. A lost node's actions never run.</remarks>
    /// <param name="action">The method. It can't take a <see cref="JobContext"/>.</param>
    /// <param name="arguments">Its arguments; no promises.</param>
    /// <exception cref="ToilException">The method captures local variables, or its arguments don't fit.</exception>
    public void Defer(Delegate action, params object?[] arguments)
    {
        ArgumentNullException.ThrowIfNull(action);
        if (action.Method.GetParameters().Any(parameter => parameter.ParameterType == typeof(JobContext)))
        {
            throw new ToilException($"{action.Method.Name} takes a JobContext, which a deferred action can't get: its job has ended when it runs.");
        }

        Defer(MethodJob.Create(action, arguments, Vehicle.Assembly));
    }

    /// <summary>Defers what a job that is linked to nothing would run.</summary>
    internal void Defer(Job action) => (Deferral ?? throw new ToilException($"Job '{Name}' can't defer actions here."))(action);

    /// <summary>
    /// Runs a child process of an inline job to its end: in its own session, ended with the attempt, its processor time and memory
    /// accounted to the job.
    /// </summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The program can't be started.</exception>
    /// <exception cref="InsufficientMemoryException">The kernel killed it because memory ran out.</exception>
    internal Task<ChildExit> RunProcessAsync(ChildStart start, CancellationToken cancellation) =>
        (Processes ?? throw new InvalidOperationException($"Job '{Name}' isn't inline: it starts its own processes."))(start, cancellation);

    /// <summary>Sends a message to the leader's log.</summary>
    public void Log(string message, LogLevel level = LogLevel.Info) => _log(level, message);

    /// <inheritdoc cref="RealTimeLogger"/>
    public void LogInRealTime(string message, LogLevel level = LogLevel.Info) => RealTimeLog?.Invoke(level, message);

    /// <summary>Null without <c>--realTimeLogging</c>.</summary>
    internal Action<LogLevel, string>? RealTimeLog { get; init; }
}
