using System.Collections.ObjectModel;

namespace Toil;

/// <summary>How a workflow is run. Each property is the command line's option of that name; <c>--help</c> says what it does.</summary>
public sealed record ToilOptions
{
    private CleanPolicy? _clean;
    private TimeSpan? _deadlockCheckInterval;

    /// <summary>Locator of the job store, such as <c>./store</c> or <c>file:store</c>; empty while none is named.</summary>
    public string JobStore { get; set; } = "";

    public bool Restart { get; set; }

    /// <summary>Resume from a damaged journal, up to the first damage.</summary>
    public bool AcceptLoss { get; set; }

    /// <summary>The file that options were read from; null for none.</summary>
    public string? Config { get; set; }

    /// <summary>Unless it is set, a job store goes when the workflow has succeeded, and stays with <see cref="Stats"/>.</summary>
    public CleanPolicy Clean
    {
        get => _clean ?? (Stats ? CleanPolicy.Never : CleanPolicy.OnSuccess);
        set => _clean = value;
    }

    public string WorkDir { get; set; } = Path.TrimEndingDirectorySeparator(Path.GetTempPath());

    public CleanPolicy CleanWorkDir { get; set; } = CleanPolicy.Always;

    /// <summary>Null leaves the choice to the node.</summary>
    public string? CoordinationDir { get; set; }

    public bool NoStdOutErr { get; set; }

    public bool Stats { get; set; }

    /// <summary>A file, or a directory to make one in; null writes none.</summary>
    public string? ClusterStats { get; set; }

    public LogLevel LogLevel { get; set; } = LogLevel.Info;

    /// <summary>Null keeps the log on standard error alone.</summary>
    public string? LogFile { get; set; }

    public bool RotatingLogging { get; set; }

    public string BatchSystem { get; set; } = "single_machine";

    /// <summary>Where cluster schedulers write their jobs' output; null for <see cref="WorkDir"/> if that is set, else the job store.</summary>
    public string? BatchLogsDir { get; set; }

    /// <summary>How often a cluster's scheduler is asked how the jobs stand.</summary>
    public TimeSpan StatePollingWait { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Changes nothing: what it asks for always holds.</summary>
    public bool CoalesceStatusCalls { get; set; }

    /// <summary>Agents that stay on nodes of a scheduler and take job after job, so many at most; zero for none.</summary>
    public int Pilots { get; set; }

    /// <summary>Null: as many as some of the usual jobs need.</summary>
    public double? PilotCores { get; set; }

    /// <summary>Null: what the usual jobs need that fill its cores.</summary>
    public ByteSize? PilotMemory { get; set; }

    /// <summary>Null: what the usual jobs need that fill its cores.</summary>
    public ByteSize? PilotDisk { get; set; }

    public TimeSpan PilotIdleTime { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a pilot goes on without a leader.</summary>
    public TimeSpan PilotLeaderWait { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Where nodes find this host: <c>HOST</c> or <c>HOST:PORT</c>; null for any of its addresses.</summary>
    public string? PilotAddress { get; set; }

    /// <summary>Small jobs are bundled into jobs of the scheduler that take so long; zero bundles none.</summary>
    public TimeSpan CoalesceTime { get; set; }

    /// <summary>The longest that a scheduler lets a job run; null leaves it to the scheduler.</summary>
    public TimeSpan? BatchTime { get; set; }

    /// <summary>Whether each job of the scheduler has a node to itself.</summary>
    public bool BatchExclusive { get; set; }

    /// <summary>The queue for preemptible jobs; null for that of other jobs.</summary>
    public string? BatchPreemptibleQueue { get; set; }

    /// <summary>More arguments for Grid Engine's qsub, as a shell would take them; null for none.</summary>
    public string? GridEngineArgs { get; set; }

    /// <summary>Grid Engine's parallel environment for jobs with several cores; null when there is none.</summary>
    public string? GridEnginePE { get; set; }

    /// <summary>Ask Grid Engine for no memory: <see cref="GridEngineArgs"/> do.</summary>
    public bool ManualMemArgs { get; set; }

    /// <summary>How much of the engine's own work may run beside the leader at once while jobs run on a cluster; null for as much as there are cores.</summary>
    public int? MaxLocalJobs { get; set; }

    /// <summary>Changes nothing: lost jobs are looked for whenever the scheduler is asked.</summary>
    public TimeSpan? RescueJobsFrequency { get; set; }

    /// <summary>More lines for HTCondor's submit description files, <c>parameter = value</c>, separated by semicolons; null for none.</summary>
    public string? HtcondorParams { get; set; }

    /// <summary>More arguments for LSF's bsub, as a shell would take them; null for none.</summary>
    public string? LsfArgs { get; set; }

    /// <summary>Parasol's command: a name, or a path.</summary>
    public string ParasolCommand { get; set; } = "parasol";

    /// <summary>How many kinds of requests there may be at Parasol.</summary>
    public int ParasolMaxBatches { get; set; } = 1000;

    /// <summary>The longest that Slurm lets a job run; null leaves it to the partition.</summary>
    public string? SlurmTime { get; set; }

    /// <summary>Null leaves it to Slurm.</summary>
    public string? SlurmPartition { get; set; }

    /// <summary>For jobs that ask for GPUs; null: as for others.</summary>
    public string? SlurmGPUPartition { get; set; }

    /// <summary>For jobs that may be preempted; null: as for others.</summary>
    public string? SlurmPreemptiblePartition { get; set; }

    /// <summary>For jobs with several cores; null: as for others.</summary>
    public string? SlurmPE { get; set; }

    /// <summary>More arguments for sbatch, as a shell would take them; null for none.</summary>
    public string? SlurmArgs { get; set; }

    public bool SlurmAllocateMem { get; set; } = true;

    public bool SlurmDefaultAllMem { get; set; }

    public bool SlurmAllocateDisk { get; set; }

    /// <summary>More arguments for Torque's qsub, as a shell would take them; null for none.</summary>
    public string? TorqueArgs { get; set; }

    /// <summary>More resources for Torque's qsub, separated by commas, without the <c>-l</c>; null for none.</summary>
    public string? TorqueReqs { get; set; }

    /// <summary>Assemblies with plug-ins, see <see cref="IToilPlugin"/>.</summary>
    public IReadOnlyList<string> Plugin { get; set; } = [];

    public bool DisableAutoDeployment { get; set; }

    /// <summary>What the cores of jobs are multiplied by.</summary>
    public double Scale { get; set; } = 1;

    public double DefaultCores { get; set; } = 1;

    public ByteSize DefaultMemory { get; set; } = 2L << 30;

    public ByteSize DefaultDisk { get; set; } = 2L << 30;

    /// <summary>Accelerators as they are written, such as <c>nvidia:2,amd</c>; empty for none.</summary>
    public string DefaultAccelerators { get; set; } = "";

    public bool DefaultPreemptible { get; set; }

    /// <summary>Null: whatever the machine has.</summary>
    public double? MaxCores { get; set; }

    /// <summary>Null: whatever the machine has.</summary>
    public ByteSize? MaxMemory { get; set; }

    /// <summary>Null: whatever the machine has.</summary>
    public ByteSize? MaxDisk { get; set; }

    /// <summary>A job is tried one time more than this.</summary>
    public int RetryCount { get; set; } = 1;

    public bool EnableUnlimitedPreemptibleRetries { get; set; }

    public bool DoubleMem { get; set; }

    /// <summary>Null: no limit.</summary>
    public TimeSpan? MaxJobDuration { get; set; }

    /// <summary>Kill attempts that use more memory than their jobs asked for.</summary>
    public bool EnforceMemory { get; set; }

    public long MaxServiceJobs { get; set; } = long.MaxValue;

    public long MaxPreemptibleServiceJobs { get; set; } = long.MaxValue;

    public TimeSpan DeadlockWait { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Unless it is set, 30 seconds, or <see cref="DeadlockWait"/> where that is shorter.</summary>
    public TimeSpan DeadlockCheckInterval
    {
        get => _deadlockCheckInterval ?? TimeSpan.FromSeconds(Math.Clamp(DeadlockWait.TotalSeconds, 0.1, 30));
        set => _deadlockCheckInterval = value;
    }

    public TimeSpan ServicePollingInterval { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Directory of results that workflows share; null for none.</summary>
    public string? CallCache { get; set; }

    public bool LinkImports { get; set; } = true;

    public bool MoveExports { get; set; }

    /// <summary>Null: where it helps.</summary>
    public bool? Caching { get; set; }

    /// <summary>Null: half of what the disk has left for it.</summary>
    public ByteSize? CacheSize { get; set; }

    /// <summary>The part of a log that is kept: the last bytes, or the first ones when negative; zero keeps everything.</summary>
    public ByteSize MaxLogFileSize { get; set; } = 64_000;

    /// <summary>Directory for the logs of failed jobs; null writes none.</summary>
    public string? WriteLogs { get; set; }

    /// <summary>Directory for the compressed logs of failed jobs; null writes none.</summary>
    public string? WriteLogsGzip { get; set; }

    /// <summary>Logs are written of jobs that succeed, too.</summary>
    public bool WriteLogsFromAllJobs { get; set; }

    /// <summary>File for what happens to jobs; null writes none.</summary>
    public string? WriteMessages { get; set; }

    public bool RealTimeLogging { get; set; }

    /// <summary>Changes nothing: what it asks for always holds.</summary>
    public bool DisableChaining { get; set; }

    /// <summary>Environment variables to set for jobs.</summary>
    public IReadOnlyDictionary<string, string> SetEnv { get; set; } = ReadOnlyDictionary<string, string>.Empty;

    public TimeSpan StatusWait { get; set; } = TimeSpan.FromHours(1);

    public bool DisableProgress { get; set; }

    /// <summary>Jobs run in the leader's own process, one at a time.</summary>
    public bool DebugWorker { get; set; }

    public bool DisableWorkerOutputCapture { get; set; }

    /// <summary>The share of attempts that are killed at random: 0 to 1.</summary>
    public double BadWorker { get; set; }

    public TimeSpan BadWorkerFailInterval { get; set; } = TimeSpan.FromMilliseconds(10);

    public TimeSpan KillPollingInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether nobody comes back to the new job store after a power cut, so that its writes needn't wait for the disk.</summary>
    internal bool JobStoreIsTemporary { get; set; }

    /// <summary>What a job is given that doesn't ask for itself.</summary>
    internal Requirements DefaultRequirements => new(DefaultCores, DefaultMemory, DefaultDisk, DefaultPreemptible)
    {
        Accelerators = AcceleratorRequest.Parse(DefaultAccelerators),
    };
}
