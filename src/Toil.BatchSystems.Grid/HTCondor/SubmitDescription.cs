using System.Globalization;
using System.Text;

namespace Toil.BatchSystems.Grid.HTCondor;

/// <summary>A submission as a submit description file. The user's own parameters come last, so that they win.</summary>
internal sealed class SubmitDescription
{
    /// <summary>The jobs' attribute that holds what their names begin with; one that holds their names follows.</summary>
    public const string WorkflowAttribute = "ToilWorkflow";

    public const string NameAttribute = "ToilName";

    private static readonly string[] Forbidden = ["arguments", "executable", "queue", "request_cpus", "request_memory", "universe"];

    private readonly BatchLogs _logs;
    private readonly TimeSpan? _time;
    private readonly long _rememberedSeconds;
    private readonly IReadOnlyList<string> _own;

    public SubmitDescription(ToilOptions options, BatchLogs logs)
    {
        (_logs, _time) = (logs, options.BatchTime);
        if (options.BatchExclusive || options.BatchPreemptibleQueue is not null)
        {
            throw new ToilException("HTCondor has neither queues nor nodes for one job alone, so --batchExclusive and --batchPreemptibleQueue aren't for it. Say what jobs require with --htcondorParams.");
        }

        // A job that has ended stays to be seen, also by a leader that asks seldom.
        _rememberedSeconds = 60 + (2 * (long)Math.Ceiling(options.StatePollingWait.TotalSeconds));
        _own = [.. (options.HtcondorParams ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        foreach (var line in _own)
        {
            Check(line);
        }
    }

    public string For(GridSubmission submission)
    {
        var command = submission.Jobs[0].Command;
        var text = new StringBuilder();
        Add("universe", "vanilla");
        Add("executable", Literal(command[0]));
        Add("transfer_executable", "false");
        if (submission.IsArray && submission.FirstEntry > 0)
        {
            Add("ToilEntry", Number($"$(Process) + {submission.FirstEntry}"));
        }

        Add("arguments", $"\"{string.Join(' ', command.Skip(1).SkipLast(1).Select(Argument).Append($"'{EntryOf(submission)}'"))}\"");
        Add($"+{NameAttribute}", $"\"{(submission.IsArray ? $"{submission.Name}-{EntryOf(submission)}" : submission.Name)}\"");
        Add($"+{WorkflowAttribute}", $"\"{submission.Prefix}\"");
        Add("request_cpus", Number($"{submission.Cores}"));
        Add("request_memory", Number($"{(submission.Memory.Bytes + (1 << 20) - 1) >> 20}"));
        Add("request_disk", Number($"{Math.Max(1, (submission.Requirements.Disk.Bytes + 1023) >> 10)}"));
        if (!submission.Requirements.Accelerators.IsNone)
        {
            Add("request_gpus", Number($"{submission.Requirements.Accelerators.Items.Sum(item => item.Count)}"));
        }

        AddPaths(submission, Add);

        // No filesystem is shared as far as HTCondor is concerned: it would ask for nodes of the same FILESYSTEM_DOMAIN. Nothing needs to be brought.
        Add("should_transfer_files", "YES");
        Add("when_to_transfer_output", "ON_EXIT");
        Add("transfer_output_files", "\"\"");
        Add("getenv", "true");
        Add("notification", "never");
        Add("leave_in_queue", Number($"(JobStatus == 4) && ((CompletionDate =?= undefined) || (time() - CompletionDate < {_rememberedSeconds}))"));

        if (_time is { } time)
        {
            Add("periodic_hold", $"(JobStatus == 2) && (time() - JobCurrentStartDate > {WallTime.Seconds(time)})");
            Add("periodic_hold_reason", $"\"The wall time of {WallTime.Clock(time)} is over (--batchTime).\"");
        }

        // What HTCondor holds since something is wrong with it is over; what somebody holds, waits.
        Add("periodic_remove", "(JobStatus == 5) && (HoldReasonCode =!= 1)");
        foreach (var line in _own)
        {
            text.Append(line).Append('\n');
        }

        return text.Append(CultureInfo.InvariantCulture, $"queue {submission.Jobs.Count}\n").ToString();

        void Add(string name, string value) => text.Append(name).Append(" = ").Append(value).Append('\n');
    }

    private void AddPaths(GridSubmission submission, Action<string, string> add)
    {
        const string Id = "$(Cluster).$(Process)";
        var (output, error) = _logs.PathsFor(submission, Id, Literal);
        add("output", output);
        add("error", error);
        if (_logs.EventsPathFor(submission, Id, Literal) is { } events)
        {
            add("log", events);
        }
    }

    /// <summary>An array's processes are counted from 0.</summary>
    private static string EntryOf(GridSubmission submission) => !submission.IsArray ? Number($"{submission.FirstEntry}")
        : submission.FirstEntry == 0 ? "$(Process)"
        : "$INT(ToilEntry)";

    /// <summary>The new syntax of condor_submit(1): both kinds of quotes are doubled.</summary>
    private static string Argument(string word) => Literal($"'{word.Replace("'", "''", StringComparison.Ordinal).Replace("\"", "\"\"", StringComparison.Ordinal)}'");

    /// <summary>No macro is found in it.</summary>
    private static string Literal(string text) => text.Replace("$", "$(DOLLAR)", StringComparison.Ordinal);

    private static void Check(string line)
    {
        const string Source = "--htcondorParams (TOIL_HTCONDOR_PARAMS)";
        if (line.IndexOf('=', StringComparison.Ordinal) is not (> 0 and var at) || line.Contains('\n', StringComparison.Ordinal))
        {
            throw new ToilException($"{Source} has '{line}', which isn't of the form 'parameter = value'. Several are separated by semicolons.");
        }

        if (Forbidden.Contains(line[..at].Trim().ToLowerInvariant()))
        {
            throw new ToilException($"{Source} sets {line[..at].Trim()}, which is each job's own. Cores and memory of jobs that ask for none are --defaultCores and --defaultMemory.");
        }
    }

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
