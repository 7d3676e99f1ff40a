namespace Toil.Options;

internal static partial class ToilOptionTable
{
    /// <summary>What runs the jobs.</summary>
    private static readonly ToilOption[] BatchSystemOptions =
    [
        new ToilOption<string>("--batchSystem", OptionGroup.BatchSystem, ValueSyntaxes.BatchSystem, o => o.BatchSystem, (o, v) => o.BatchSystem = v,
            "What runs the jobs: single_machine, grid_engine, htcondor, lsf, parasol, slurm, torque (also PBS), or the name of one that a plug-in has."),
        new ToilOption<string>("--plugin", OptionGroup.BatchSystem, ValueSyntaxes.FilePath, o => o.Plugin, (o, v) => o.Plugin = [.. o.Plugin, Path.GetFullPath(v)],
            "Load batch systems and kinds of job stores from this assembly (.dll), here and on the nodes. May be repeated; more are named in TOIL_PLUGINS.")
        { EnvironmentVariable = null, IsRepeatable = true, DefaultNote = "" },
        new FlagOption("--disableAutoDeployment", OptionGroup.BatchSystem, o => o.DisableAutoDeployment, (o, v) => o.DisableAutoDeployment = v,
            "Don't bring the workflow's code to the nodes: it stands at the same place on all of them.")
        { Aliases = ["--disableHotDeployment"] },
        new ToilOption<double>("--scale", OptionGroup.BatchSystem, ValueSyntaxes.Factor, o => o.Scale, (o, v) => o.Scale = v,
            "Multiply the cores that jobs ask for, to run a workflow on a smaller machine than it was made for; for single_machine."),
        new ToilOption<string>("--batchLogsDir", OptionGroup.BatchSystem, ValueSyntaxes.FilePath, o => o.BatchLogsDir, (o, v) => o.BatchLogsDir = v,
            "Where a cluster's scheduler writes the jobs' own output; all nodes must see it.")
        { DefaultNote = "--workDir if it is given, else the job store" },
        new ToilOption<TimeSpan>("--statePollingWait", OptionGroup.BatchSystem, ValueSyntaxes.PositiveTime, o => o.StatePollingWait, (o, v) => o.StatePollingWait = v,
            "How often a cluster's scheduler is asked how the jobs stand: once for all of them."),
        new FlagOption("--coalesceStatusCalls", OptionGroup.BatchSystem, o => o.CoalesceStatusCalls, (o, v) => o.CoalesceStatusCalls = v,
            "Ask a cluster's scheduler for all jobs at once. Always so; taken for compatibility."),
        new ToilOption<int>("--pilots", OptionGroup.BatchSystem, ValueSyntaxes.Count, o => o.Pilots, (o, v) => o.Pilots = v,
            "Have up to so many pilots on a cluster: jobs of its scheduler that stay, and take one of the workflow's jobs after the other from the leader. 0 submits each job itself."),
        new ToilOption<double>("--pilotCores", OptionGroup.BatchSystem, ValueSyntaxes.Cores, o => o.PilotCores, (o, v) => o.PilotCores = v,
            "The cores of a pilot. Jobs that ask for more are submitted themselves.")
        { DefaultNote = "4, or all that a node has" },
        new ToilOption<ByteSize>("--pilotMemory", OptionGroup.BatchSystem, ValueSyntaxes.Size, o => o.PilotMemory, (o, v) => o.PilotMemory = v,
            "The memory of a pilot.")
        { DefaultNote = "--defaultMemory for each job of --defaultCores that it has room for" },
        new ToilOption<ByteSize>("--pilotDisk", OptionGroup.BatchSystem, ValueSyntaxes.Size, o => o.PilotDisk, (o, v) => o.PilotDisk = v,
            "The disk space of a pilot.")
        { DefaultNote = "--defaultDisk for each job of --defaultCores that it has room for" },
        new ToilOption<TimeSpan>("--pilotIdleTime", OptionGroup.BatchSystem, ValueSyntaxes.Time, o => o.PilotIdleTime, (o, v) => o.PilotIdleTime = v,
            "A pilot that has had nothing to do for so long ends."),
        new ToilOption<TimeSpan>("--pilotLeaderWait", OptionGroup.BatchSystem, ValueSyntaxes.PositiveTime, o => o.PilotLeaderWait, (o, v) => o.PilotLeaderWait = v,
            "How long a pilot whose leader is gone waits for the next. Then it leaves its results in the job store as its jobs end, and ends."),
        new ToilOption<string>("--pilotAddress", OptionGroup.BatchSystem, ValueSyntaxes.Text, o => o.PilotAddress, (o, v) => o.PilotAddress = v,
            "Where pilots find the leader: HOST or HOST:PORT, as nodes can reach it.")
        { DefaultNote = "this host's name, then its addresses; any free port" },
        new ToilOption<int>("--maxLocalJobs", OptionGroup.BatchSystem, ValueSyntaxes.PositiveCount, o => o.MaxLocalJobs, (o, v) => o.MaxLocalJobs = v,
            "How many of the engine's own jobs, such as scattering, run beside the leader at once while jobs run on a cluster.")
        { DefaultNote = "the leader's cores" },
        new ToilOption<TimeSpan>("--rescueJobsFrequency", OptionGroup.BatchSystem, ValueSyntaxes.PositiveTime, o => o.RescueJobsFrequency, (o, v) => o.RescueJobsFrequency = v,
            "How often to look for jobs that a cluster's scheduler has lost. Done at each status call; taken for compatibility.")
        { DefaultNote = "--statePollingWait" },
        new ToilOption<TimeSpan>("--coalesceTime", OptionGroup.BatchSystem, ValueSyntaxes.Time, o => o.CoalesceTime, (o, v) => o.CoalesceTime = v,
            "Bundle small jobs that ask for the same into jobs of a cluster's scheduler that take about so long, such as 10m; 0 bundles none. How long a job takes is judged by others of its name."),
        new ToilOption<TimeSpan>("--batchTime", OptionGroup.BatchSystem, ValueSyntaxes.PositiveTime, o => o.BatchTime, (o, v) => o.BatchTime = v,
            "The longest that a cluster's scheduler lets each of its jobs run, such as 10h; not with Parasol.")
        { DefaultNote = "the scheduler's" },
        new FlagOption("--batchExclusive", OptionGroup.BatchSystem, o => o.BatchExclusive, (o, v) => o.BatchExclusive = v,
            "Give each job of the scheduler a node of its own, with Slurm, Torque, PBS and LSF."),
        new ToilOption<string>("--batchPreemptibleQueue", OptionGroup.BatchSystem, ValueSyntaxes.Text, o => o.BatchPreemptibleQueue, (o, v) => o.BatchPreemptibleQueue = v,
            "The queue for preemptible jobs, with Grid Engine, Torque, PBS and LSF; Slurm's partition for them.")
        { DefaultNote = "that of other jobs" },
        new ToilOption<string>("--gridEngineArgs", OptionGroup.BatchSystem, ValueSyntaxes.Text, o => o.GridEngineArgs, (o, v) => o.GridEngineArgs = v,
            "More arguments for Grid Engine's qsub, such as a queue; none that ask for cores or memory.")
        { EnvironmentVariable = "TOIL_GRIDENGINE_ARGS" },
        new ToilOption<string>("--gridEnginePE", OptionGroup.BatchSystem, ValueSyntaxes.Text, o => o.GridEnginePE, (o, v) => o.GridEnginePE = v,
            "Grid Engine's parallel environment for jobs that ask for more than one core.")
        { EnvironmentVariable = "TOIL_GRIDENGINE_PE" },
        new FlagOption("--manualMemArgs", OptionGroup.BatchSystem, o => o.ManualMemArgs, (o, v) => o.ManualMemArgs = v,
            "Don't ask Grid Engine for memory: what is given for its qsub says how."),
        new ToilOption<string>("--htcondorParams", OptionGroup.BatchSystem, ValueSyntaxes.Text, o => o.HtcondorParams, (o, v) => o.HtcondorParams = v,
            "More for HTCondor's submit description files: 'parameter = value', several separated by semicolons; none that ask for cores or memory."),
        new ToilOption<string>("--lsfArgs", OptionGroup.BatchSystem, ValueSyntaxes.Text, o => o.LsfArgs, (o, v) => o.LsfArgs = v,
            "More arguments for LSF's bsub, such as a queue or a time limit; none that ask for cores or memory."),
        new ToilOption<string>("--parasolCommand", OptionGroup.BatchSystem, ValueSyntaxes.Text, o => o.ParasolCommand, (o, v) => o.ParasolCommand = v,
            "Parasol's command: a name that is looked up on PATH, or a path."),
        new ToilOption<int>("--parasolMaxBatches", OptionGroup.BatchSystem, ValueSyntaxes.PositiveCount, o => o.ParasolMaxBatches, (o, v) => o.ParasolMaxBatches = v,
            "How many batches there may be at Parasol: one for each kind of request."),
        new ToilOption<string>("--slurmTime", OptionGroup.BatchSystem, ValueSyntaxes.Text, o => o.SlurmTime, (o, v) => o.SlurmTime = v,
            "The longest that Slurm lets a job run, written [DD-]HH:MM:SS.")
        { DefaultNote = "the partition's" },
        new ToilOption<string>("--slurmPartition", OptionGroup.BatchSystem, ValueSyntaxes.Text, o => o.SlurmPartition, (o, v) => o.SlurmPartition = v,
            "The partition for Slurm jobs.")
        { DefaultNote = "Slurm's" },
        new ToilOption<string>("--slurmGPUPartition", OptionGroup.BatchSystem, ValueSyntaxes.Text, o => o.SlurmGPUPartition, (o, v) => o.SlurmGPUPartition = v,
            "The partition for Slurm jobs that ask for GPUs.")
        { EnvironmentVariable = "TOIL_SLURM_GPU_PARTITION", DefaultNote = "as for others" },
        new ToilOption<string>("--slurmPreemptiblePartition", OptionGroup.BatchSystem, ValueSyntaxes.Text, o => o.SlurmPreemptiblePartition, (o, v) => o.SlurmPreemptiblePartition = v,
            "The partition for Slurm jobs that may be preempted.")
        { DefaultNote = "as for others" },
        new ToilOption<string>("--slurmPE", OptionGroup.BatchSystem, ValueSyntaxes.Text, o => o.SlurmPE, (o, v) => o.SlurmPE = v,
            "The partition for Slurm jobs that ask for more than one core.")
        { EnvironmentVariable = "TOIL_SLURM_PE", DefaultNote = "as for others" },
        new ToilOption<string>("--slurmArgs", OptionGroup.BatchSystem, ValueSyntaxes.Text, o => o.SlurmArgs, (o, v) => o.SlurmArgs = v,
            "More arguments for sbatch, such as an account or a QOS; none that ask for cores or memory."),
        new FlagOption("--slurmAllocateMem", OptionGroup.BatchSystem, o => o.SlurmAllocateMem, (o, v) => o.SlurmAllocateMem = v,
            "Tell Slurm how much memory a job needs. Turn it off where sites refuse such requests.")
        { Shorthands = new Dictionary<string, string> { ["--dont_allocate_mem"] = "False", ["--allocate_mem"] = "True" } },
        new FlagOption("--slurmDefaultAllMem", OptionGroup.BatchSystem, o => o.SlurmDefaultAllMem, (o, v) => o.SlurmDefaultAllMem = v,
            "Give Slurm jobs that ask for no memory of their own all that their node has."),
        new FlagOption("--slurmAllocateDisk", OptionGroup.BatchSystem, o => o.SlurmAllocateDisk, (o, v) => o.SlurmAllocateDisk = v,
            "Tell Slurm how much temporary disk space a job needs, where nodes say what they have."),
        new ToilOption<string>("--torqueArgs", OptionGroup.BatchSystem, ValueSyntaxes.Text, o => o.TorqueArgs, (o, v) => o.TorqueArgs = v,
            "More arguments for Torque's qsub, such as a queue; none that ask for cores or memory."),
        new ToilOption<string>("--torqueReqs", OptionGroup.BatchSystem, ValueSyntaxes.Text, o => o.TorqueReqs, (o, v) => o.TorqueReqs = v,
            "More resources for Torque's qsub, separated by commas, without the -l, such as walltime=1:00:00; no cores and no memory."),
    ];
}
