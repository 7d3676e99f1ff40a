using Toil.Cwl.Running;
using Toil.Options;

namespace Toil.Cli.Commands;

/// <summary>The options that <c>toil cwl</c> has beside the engine's: those that users of other runners know.</summary>
internal static class CwlOptionTable
{
    public static readonly WorkflowOption<string> OutputDirectory = new("--outdir", ".", "Put output files into this directory.");
    public static readonly WorkflowOption<bool> Quiet = new("--quiet", false, "Show warnings and errors only.");
    public static readonly WorkflowOption<bool> Debug = new("--debug", false, "Show all there is to say, the same as --logDebug.");
    public static readonly WorkflowOption<bool> Version = new("--version", false, "Print the version.");
    public static readonly WorkflowOption<bool> Validate = new("--validate", false, "Check the document, and the inputs where they are given; run nothing.");
    public static readonly WorkflowOption<bool> Strict = Switch("--strict", "--non-strict", true, "Take an unknown field of a document for an error; with --non-strict it is a warning.", "--not-strict");
    public static readonly WorkflowOption<bool> PrintDot = new("--print-dot", false, "Print the workflow's graph in the DOT language; run nothing.");
    public static readonly WorkflowOption<bool> MakeTemplate = new("--make-template", false, "Print an input object to fill in; run nothing.");
    public static readonly WorkflowOption<string> BaseDirectory = new("--basedir", "", "Where relative paths of inputs begin that are given as flags, or come from standard input.");
    public static readonly WorkflowOption<bool> ComputeChecksums = Switch("--compute-checksum", "--no-compute-checksum", true, "Give output files a checksum.");
    public static readonly WorkflowOption<bool> BypassFileStore = new("--bypass-file-store", false, "Leave files where tools make them instead of keeping them in the job store, as InplaceUpdateRequirement needs it. All nodes must share the file system.");
    public static readonly WorkflowOption<bool> NoContainer = new("--no-container", false, "Run tools on the host.");
    public static readonly WorkflowOption<bool> Singularity = new("--singularity", false, "Run containers with Apptainer or Singularity.");
    public static readonly WorkflowOption<bool> Podman = new("--podman", false, "Run containers with Podman.");
    public static readonly WorkflowOption<string> DefaultContainer = new("--default-container", "", "Run tools in this image that ask for none.");
    public static readonly WorkflowOption<bool> NoMatchUser = new("--no-match-user", false, "Let containers run as their own user instead of the one that runs this.");
    public static readonly WorkflowOption<bool> ForcePull = new("--force-docker-pull", false, "Pull images even where they are there.");
    public static readonly WorkflowOption<bool> StrictMemoryLimit = new("--strict-memory-limit", false, "Let a container use no more memory than its tool asks for.");
    public static readonly WorkflowOption<bool> StrictCpuLimit = new("--strict-cpu-limit", false, "Let a container use no more processors than its tool asks for.");
    public static readonly WorkflowOption<string> PreserveEnvironment = new("--preserve-environment", "", "Give tools this variable; may be repeated.") { IsRepeatable = true };
    public static readonly WorkflowOption<bool> PreserveEntireEnvironment = new("--preserve-entire-environment", false, "Give tools all variables.");
    public static readonly WorkflowOption<double> EvaluationTimeout = new("--eval-timeout", 60, "How many seconds one expression may take.");
    public static readonly WorkflowOption<AfterFailure> OnError = new("--on-error", AfterFailure.Continue, "Once a step has failed: continue with those that can run, or stop when those that run have ended.");
    public static readonly WorkflowOption<string> TemporaryPrefix = new("--tmpdir-prefix", "", "Begin the paths of tools' temporary directories so: /scratch/x- puts them into /scratch, as --workDir /scratch does.");
    public static readonly WorkflowOption<string> IntermediatePrefix = new("--tmp-outdir-prefix", "", "Begin the path of the directory so where outputs of steps are kept until the end, which is the job store if --jobStore names none.");
    public static readonly WorkflowOption<string> LogDirectory = new("--log-dir", "", "Put standard output and error of each tool into files in this directory, which all nodes must share.");
    public static readonly WorkflowOption<string> Overrides = new("--overrides", "", "Require of processes and steps what this file says under cwltool:overrides, whatever they say themselves.");
    public static readonly WorkflowOption<bool> RelaxPathChecks = new("--relax-path-checks", false, "Let files have names with any characters but a slash. That is always so.");

    /// <summary>What help shows, in this order.</summary>
    public static readonly IReadOnlyList<WorkflowOption> All =
    [
        OutputDirectory, Quiet, Debug, Version, Validate, Strict, PrintDot, MakeTemplate, BaseDirectory, ComputeChecksums, BypassFileStore,
        NoContainer, Singularity, Podman, DefaultContainer, NoMatchUser, ForcePull, StrictMemoryLimit, StrictCpuLimit,
        PreserveEnvironment, PreserveEntireEnvironment, EvaluationTimeout, OnError, TemporaryPrefix, IntermediatePrefix, LogDirectory, Overrides, RelaxPathChecks,
    ];

    /// <summary>What command lines of other runners have, and what is so without being asked for.</summary>
    public static readonly IReadOnlyList<WorkflowOption> Accepted =
    [
        .. new[]
        {
            "--parallel", "--enable-dev", "--enable-ext", "--rm-tmpdir", "--rm-container", "--no-prepull", "--fast-parser", "--timestamps",
            "--no-warnings", "--copy-outputs", "--copy-output", "--move-outputs", "--enable-pull", "--no-read-only", "--disable-color", "--enable-color", "--js-console", "--disable-streaming", "--enable-host-provenance", "--disable-validate", "--skip-schemas",
        }.Select(name => new WorkflowOption<bool>(name, false, "")),
        new WorkflowOption<string>("--js-console-log", "", ""),
    ];

    /// <summary>What other runners do and this one doesn't, with what to do instead.</summary>
    private static readonly (string Name, string Advice)[] s_absent =
    [
        ("--user-space-docker-cmd", "Containers run with docker, podman, apptainer or singularity: install one of these, or give --no-container."),
        ("--destBucket", "Outputs can't be put into a bucket. Give --outdir, and upload them from there."),
        ("--provenance", "Research objects aren't written. toil stats and toil report say what was run."),
        ("--leave-outputs", "Output files are always brought to --outdir. Give --outdir a directory on the disk of the job store, where that is a link."),
        ("--leave-tmpdir", "Give --cleanWorkDir never to keep the directories of jobs."),
        ("--beta-dependency-resolvers-configuration", "Dependencies aren't installed. Install the software, or use containers."),
        ("--beta-dependencies-directory", "Dependencies aren't installed. Install the software, or use containers."),
        ("--beta-conda-dependencies", "Dependencies aren't installed. Install the software, or use containers."),
        ("--beta-use-biocontainers", "Give --default-container, or add DockerRequirement to the tools."),
        ("--mpi-config-file", "MPIRequirement isn't supported."),
        ("--force-docker", "Containers are used wherever a tool asks for one."),
    ];

    /// <returns>Why the option can't be used; null when it isn't one of these.</returns>
    public static string? ExplainAbsent(string argument)
    {
        var name = argument.Split('=')[0];
        return s_absent.FirstOrDefault(entry => entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Advice is { } advice ? $"There is no option {name} here. {advice}" : null;
    }

    private static WorkflowOption<bool> Switch(string name, string opposite, bool isOn, string help, params string[] otherOpposites) => new(name, isOn, help)
    {
        Shorthands = new[] { opposite }.Concat(otherOpposites).ToDictionary(spelling => spelling, _ => "False"),
    };
}
