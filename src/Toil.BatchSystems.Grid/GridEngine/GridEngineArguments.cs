using System.Globalization;

namespace Toil.BatchSystems.Grid.GridEngine;

/// <summary>A submission in qsub's terms. The user's own arguments come last.</summary>
internal sealed class GridEngineArguments
{
    private readonly ToilOptions _options;
    private readonly BatchLogs _logs;
    private readonly IReadOnlyList<string> _own;

    public GridEngineArguments(ToilOptions options, BatchLogs logs)
    {
        (_options, _logs) = (options, logs);
        if (options.BatchExclusive)
        {
            throw new ToilException("--batchExclusive isn't for Grid Engine, where the site says how a job asks for a node of its own: as a rule --gridEngineArgs='-l exclusive=true'.");
        }

        _own = ArgumentText.Split(options.GridEngineArgs, "--gridEngineArgs (TOIL_GRIDENGINE_ARGS)");
        if (options.ManualMemArgs && _own.Count == 0)
        {
            throw new ToilException("--manualMemArgs needs --gridEngineArgs (TOIL_GRIDENGINE_ARGS), which say how memory is asked for instead.");
        }
    }

    public IReadOnlyList<string> For(GridSubmission submission)
    {
        var slots = submission.Cores;
        if (slots > 1 && _options.GridEnginePE is null)
        {
            throw new BatchJobRejectedException(
                [.. submission.Jobs.Select(job => job.Name)],
                $"it asks for {slots} cores, and Grid Engine gives several only in a parallel environment. Name one with --gridEnginePE or TOIL_GRIDENGINE_PE; 'qconf -spl' lists them.");
        }

        var (output, error) = _logs.PathsFor(submission, submission.IsArray ? "$JOB_ID.$TASK_ID" : "$JOB_ID", Checked);
        List<string> arguments =
        [
            "-terse", "-V", "-notify", "-r", "n", "-wd", "/", "-S", "/bin/sh", "-N", submission.Name, "-o", output, "-e", error,
        ];
        if (submission.IsArray)
        {
            // Tasks are counted from 1.
            arguments.AddRange(["-t", Number($"{submission.FirstEntry + 1}-{submission.LastEntry + 1}")]);
        }

        if (slots > 1)
        {
            arguments.AddRange(["-pe", .. ArgumentText.Split(_options.GridEnginePE, "--gridEnginePE (TOIL_GRIDENGINE_PE)"), Number($"{slots}")]);
        }

        if (!_options.ManualMemArgs)
        {
            // Where it is consumable, it is so for each slot.
            arguments.AddRange(["-l", Number($"vf={((submission.Memory.Bytes / slots) + 1023) >> 10}K")]);
        }

        if (!submission.Requirements.Accelerators.IsNone)
        {
            arguments.AddRange(["-l", Number($"gpu={submission.Requirements.Accelerators.Items.Sum(item => item.Count)}")]);
        }

        return [.. arguments, .. Policy(submission.Requirements), .. _own];
    }

    /// <summary>What each job gets whatever it asks for, but for the user's own arguments.</summary>
    private IEnumerable<string> Policy(Requirements needs) =>
    [
        .. _options.BatchTime is { } time ? ["-l", $"h_rt={WallTime.Seconds(time)}"] : Array.Empty<string>(),
        .. needs.Preemptible && _options.BatchPreemptibleQueue is { } queue ? ["-q", queue] : Array.Empty<string>(),
    ];

    /// <summary>qsub takes colons, commas and dollars in paths for its own, and knows no way to write them.</summary>
    private static string Checked(string directory) => directory.IndexOfAny([':', ',', '$']) < 0
        ? directory
        : throw new ToilException($"Grid Engine can't write to {directory}, since it has a colon, comma or dollar in its name. Choose another with --batchLogsDir, or use --noStdOutErr.");

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
