using System.Globalization;

namespace Toil.BatchSystems.Grid.Slurm;

/// <summary>A submission in sbatch's terms. The user's own arguments come last, so that they win.</summary>
internal sealed class SlurmArguments
{
    private static readonly string[] Forbidden = ["--mem", "--mem-per-cpu", "--mem-per-gpu", "--cpus-per-task", "-c", "--array", "-a"];

    private readonly ToilOptions _options;
    private readonly BatchLogs _logs;
    private readonly IReadOnlyList<string> _own;

    public SlurmArguments(ToilOptions options, BatchLogs logs)
    {
        (_options, _logs) = (options, logs);
        _own = ArgumentText.Split(options.SlurmArgs, "--slurmArgs (TOIL_SLURM_ARGS)");
        if (_own.FirstOrDefault(word => Forbidden.Any(name => word == name || (name.Length > 2 && word.StartsWith(name + "=", StringComparison.Ordinal)))) is { } word)
        {
            throw new ToilException($"--slurmArgs (TOIL_SLURM_ARGS) has {word}, but cores, memory and arrays are each job's own. Use --defaultCores and --defaultMemory, or --slurmAllocateMem False.");
        }
    }

    public IReadOnlyList<string> For(GridSubmission submission)
    {
        var needs = submission.Requirements;
        var (output, error) = _logs.PathsFor(submission, submission.IsArray ? "%A_%a" : "%j", directory => directory.Replace("%", "%%", StringComparison.Ordinal));
        List<string> arguments =
        [
            "--parsable", "--export=ALL", "--no-requeue", "--nodes=1", "--ntasks=1", $"--job-name={submission.Name}", $"--comment={submission.Comment}",
            $"--output={output}", $"--error={error}", Number($"--cpus-per-task={submission.Cores}"),
        ];
        Add("--array", submission.IsArray ? Number($"{submission.FirstEntry}-{submission.LastEntry}") : null);
        Add("--mem", MemoryOf(submission));
        Add("--tmp", _options.SlurmAllocateDisk ? Megabytes(needs.Disk) : null);
        Add("--time", _options.SlurmTime ?? (_options.BatchTime is { } time ? WallTime.Clock(time) : null));
        Add("--partition", PartitionFor(needs));
        Add("--gres", GpusOf(needs));
        return [.. arguments, .. _options.BatchExclusive ? ["--exclusive"] : Array.Empty<string>(), .. _own];

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                arguments.Add($"{name}={value}");
            }
        }
    }

    private string? MemoryOf(GridSubmission submission) =>
        !_options.SlurmAllocateMem ? null
        : _options.SlurmDefaultAllMem && submission.Requirements.Memory == _options.DefaultMemory ? "0"
        : Megabytes(submission.Memory);

    /// <summary>The special ones first: who asks for a GPU can't run elsewhere.</summary>
    private string? PartitionFor(Requirements needs) =>
        (needs.Accelerators.IsNone ? null : _options.SlurmGPUPartition)
        ?? (needs.Preemptible ? _options.SlurmPreemptiblePartition ?? _options.BatchPreemptibleQueue : null)
        ?? (needs.Cores > 1 ? _options.SlurmPE : null)
        ?? _options.SlurmPartition;

    /// <summary>Slurm counts GPUs, by the model's name where the site has given them types; makers and interfaces it doesn't know.</summary>
    private static string? GpusOf(Requirements needs) => needs.Accelerators.IsNone
        ? null
        : string.Join(',', needs.Accelerators.Items.Select(item => Number($"gpu:{(IsModel(item.Type) ? item.Type + ":" : "")}{item.Count}")));

    private static bool IsModel(string type) => type is not ("gpu" or "nvidia" or "amd" or "intel" or "cuda" or "rocm" or "opencl");

    private static string Megabytes(ByteSize size) => Number($"{(size.Bytes + (1 << 20) - 1) >> 20}M");

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
