using System.Globalization;

namespace Toil.BatchSystems.Grid.Lsf;

/// <summary>A submission in bsub's terms. The user's own arguments come last.</summary>
internal sealed class LsfArguments
{
    private static readonly string[] Forbidden = ["-M", "-n", "-J"];

    private readonly ToilOptions _options;
    private readonly LsfDialect _dialect;
    private readonly LsfUnits _units;
    private readonly IReadOnlyList<string> _own;

    public LsfArguments(ToilOptions options, LsfDialect dialect, LsfUnits units)
    {
        (_options, _dialect, _units) = (options, dialect, units);
        _own = ArgumentText.Split(options.LsfArgs, "--lsfArgs (TOIL_LSF_ARGS)");
        if (_own.FirstOrDefault(Forbidden.Contains) is { } word)
        {
            throw new ToilException($"--lsfArgs (TOIL_LSF_ARGS) has {word}, but names, cores and memory are each job's own. Use --defaultCores and --defaultMemory.");
        }
    }

    public IReadOnlyList<string> For(GridSubmission submission)
    {
        var name = submission.IsArray ? Number($"{submission.Name}[{submission.FirstEntry + 1}-{submission.LastEntry + 1}]") : submission.Name;
        List<string> arguments =
        [
            "-J", name, "-o", "/dev/null", "-e", "/dev/null", "-n", Number($"{submission.Cores}"), "-M", _units.LimitOf(submission.Memory),
        ];
        if (_dialect != LsfDialect.Slurm)
        {
            var memory = _units.ResourceOf(submission.Memory, submission.Cores);
            arguments.AddRange(["-R", "span[hosts=1]", "-R", $"select[mem>{memory}] rusage[mem={memory}]"]);
        }

        if (_dialect == LsfDialect.Lsf)
        {
            arguments.Add("-rn");
        }

        if (!submission.Requirements.Accelerators.IsNone)
        {
            arguments.AddRange(["-gpu", Number($"num={submission.Requirements.Accelerators.Items.Sum(item => item.Count)}")]);
        }

        if (_options.BatchTime is { } time)
        {
            arguments.AddRange(["-W", WallTime.Minutes(time)]);
        }

        if (_options.BatchExclusive)
        {
            arguments.Add("-x");
        }

        if (submission.Requirements.Preemptible && _options.BatchPreemptibleQueue is { } queue)
        {
            arguments.AddRange(["-q", queue]);
        }

        return [.. arguments, .. _own];
    }

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
