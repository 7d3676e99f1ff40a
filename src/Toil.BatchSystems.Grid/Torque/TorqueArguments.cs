using System.Globalization;

namespace Toil.BatchSystems.Grid.Torque;

/// <summary>A submission in qsub's terms. The user's own arguments come last.</summary>
internal sealed class TorqueArguments
{
    private static readonly string[] Forbidden = ["mem=", "ncpus=", "nodes=", "ppn=", "select="];

    private readonly ToilOptions _options;
    private readonly TorqueDialect _dialect;
    private readonly IReadOnlyList<string> _own;
    private readonly string? _resources;

    public TorqueArguments(ToilOptions options, TorqueDialect dialect)
    {
        (_options, _dialect, _resources) = (options, dialect, string.IsNullOrWhiteSpace(options.TorqueReqs) ? null : options.TorqueReqs.Trim().Trim(','));
        _own = ArgumentText.Split(options.TorqueArgs, "--torqueArgs (TOIL_TORQUE_ARGS)");
        Check(options.TorqueReqs, "--torqueReqs (TOIL_TORQUE_REQS)");
        Check(options.TorqueArgs, "--torqueArgs (TOIL_TORQUE_ARGS)");
        if (options.BatchExclusive && dialect == TorqueDialect.Plain)
        {
            throw new ToilException("--batchExclusive isn't known to Slurm's Torque commands. Use --batchSystem slurm.");
        }
    }

    /// <param name="submission">What is submitted.</param>
    /// <param name="script">The file with its script.</param>
    public IReadOnlyList<string> For(GridSubmission submission, string script)
    {
        string[] array = submission.IsArray ? [_dialect == TorqueDialect.Pbs ? "-J" : "-t", Number($"{submission.FirstEntry}-{submission.LastEntry}")] : [];
        return
        [
            "-N", submission.Name, "-S", "/bin/sh", "-V", "-r", "n", "-o", "/dev/null", "-e", "/dev/null",
            .. array, "-l", ResourcesOf(submission),
            .. _options.BatchExclusive && _dialect == TorqueDialect.Torque ? ["-W", "x=NACCESSPOLICY:SINGLEJOB"] : Array.Empty<string>(),
            .. submission.Requirements.Preemptible && _options.BatchPreemptibleQueue is { } queue ? ["-q", queue] : Array.Empty<string>(),
            .. _own, script,
        ];
    }

    /// <summary>One word, since some qsubs only heed the last -l.</summary>
    private string ResourcesOf(GridSubmission submission)
    {
        var (cores, megabytes) = (submission.Cores, (submission.Memory.Bytes + (1 << 20) - 1) >> 20);
        var gpus = submission.Requirements.Accelerators.Items.Sum(item => item.Count);
        var asked = _dialect == TorqueDialect.Pbs
            ? Number($"select=1:ncpus={cores}:mem={megabytes}mb") + (gpus > 0 ? Number($":ngpus={gpus}") : "")
            : Number($"nodes=1:ppn={cores}") + (gpus > 0 ? Number($":gpus={gpus}") : "") + Number($",mem={megabytes}mb");
        var time = _options.BatchTime is { } limit ? $",walltime={WallTime.Clock(limit)}" : "";
        var place = _options.BatchExclusive && _dialect == TorqueDialect.Pbs ? ",place=excl" : "";
        return $"{asked}{time}{place}{(_resources is null ? "" : $",{_resources}")}";
    }

    /// <summary>mem= is also the end of pmem= and vmem=, which are other limits.</summary>
    private static void Check(string? text, string source)
    {
        foreach (var word in (text ?? "").Split([' ', ',', ':'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (Forbidden.Any(name => word.StartsWith(name, StringComparison.Ordinal) || word.StartsWith("-l" + name, StringComparison.Ordinal)))
            {
                throw new ToilException($"{source} has {word}, but cores and memory are each job's own. Use --defaultCores and --defaultMemory.");
            }
        }
    }

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
