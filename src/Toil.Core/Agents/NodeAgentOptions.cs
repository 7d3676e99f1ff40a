using Toil.Files;

namespace Toil.Agents;

/// <summary>What a node agent needs to know of its workflow and its node.</summary>
internal sealed record NodeAgentOptions
{
    /// <summary>The workflow's id: its processes are told from others' by it.</summary>
    public required string Workflow { get; init; }

    /// <summary>Whether no agent of the workflow can have been on this node before: then it isn't searched for what they have left.</summary>
    public bool IsFirst { get; init; }

    /// <summary>The job store's locator, for workers.</summary>
    public required string Store { get; init; }

    /// <summary>The workflow's own directory on this node. Temporary directories and worker logs stand in it.</summary>
    public required string WorkDirectory { get; init; }

    /// <summary>Makes the file store of an attempt that runs in the agent itself. Has to be cheap: most attempts touch no file.</summary>
    public required Func<LaunchOrder, IAttemptFileStore> OpenFiles { get; init; }

    /// <summary>How attempts deal with files.</summary>
    public FileSettings Files { get; init; } = new(LinkImports: false, Caching: false);

    /// <summary>Variables to set for all jobs that run in processes of their own.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Where the agent's socket goes; null chooses a place.</summary>
    public string? CoordinationDirectory { get; init; }

    /// <summary>How to start the workers of the vehicles that need some.</summary>
    public IReadOnlyDictionary<Vehicle, WorkerSpec> Workers { get; init; } = new Dictionary<Vehicle, WorkerSpec>();

    /// <summary>Whether C# jobs run in the agent's own process, one at a time, so that a debugger there stops in them.</summary>
    public bool DebugsJobs { get; init; }

    /// <summary>The attempt's temporary directory, removed when the attempt is settled.</summary>
    public Func<string, AttemptId, string> TempDirectoryOf { get; init; } = DefaultTempDirectoryOf;

    /// <summary>How much of a failed attempt's output is kept: its end, its beginning when negative, all when zero.</summary>
    public ByteSize MaxLogSize { get; init; } = new(64_000);

    /// <summary>Keeps an attempt's log, at its end and before the leader hears of it; null keeps none.</summary>
    public Action<LaunchOrder, AttemptOutcome>? KeepLog { get; init; }

    /// <summary>Whether successful attempts hand over what they wrote, too.</summary>
    public bool KeepsLogsOfSuccesses { get; init; }

    /// <summary>Throws away what workers write to standard output and error. Commands' output is their value, and stays.</summary>
    public bool DiscardsOutput { get; init; }

    /// <summary>Whether what jobs send to the real-time log is passed on.</summary>
    public bool RealTimeLogging { get; init; }

    /// <summary>Whether workers write to logs; otherwise to the agent's own outputs.</summary>
    public bool CapturesOutput { get; init; } = true;

    /// <summary>Of which attempts the temporary directories are removed once they are settled.</summary>
    public CleanPolicy CleanTempDirectories { get; init; } = CleanPolicy.Always;

    /// <summary>How many inline attempts may run at once; null for any number.</summary>
    public int? MaxInline { get; init; }

    /// <summary>How long an attempt may take; null for any time.</summary>
    public TimeSpan? MaxDuration { get; init; }

    /// <summary>Whether an attempt that uses more memory than its job asked for is killed.</summary>
    public bool EnforcesMemory { get; init; }

    /// <summary>The share of attempts that are killed, to test workflows: 0 to 1.</summary>
    public double SabotagedShare { get; init; }

    /// <summary>How long after their start they are killed, at most.</summary>
    public TimeSpan SabotageWithin { get; init; }

    /// <summary>How long an attempt may go on after it was asked to end.</summary>
    public TimeSpan GracePeriod { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a worker may take to report after its start.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a worker may take to restore itself after a job.</summary>
    public TimeSpan ResetTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long to wait between two checks of a service.</summary>
    public TimeSpan ServicePollingInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a worker may have nothing to do before it is ended; one always stays.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Where workers' file stores have to put the same attempt's files.</summary>
    public static string DefaultTempDirectoryOf(string workDirectory, AttemptId attempt) => Path.Combine(workDirectory, "tmp", attempt.ToString());
}
