using System.Globalization;

namespace Toil.BatchSystems.Grid.Parasol;

/// <summary>
/// Parasol: <c>add job</c> submits one job, <c>list jobs</c> lists all that wait and run, <c>remove job</c> cancels one. How jobs have ended, Parasol writes into
/// results files.
/// </summary>
internal sealed class ParasolScheduler : IScheduler
{
    /// <summary>What a job finds in its environment is its node's. These of the leader's it needs to start.</summary>
    private static readonly string[] Passed = ["DOTNET_ROOT", "LD_LIBRARY_PATH", "PATH"];

    private readonly SchedulerClient _client;
    private readonly BatchLogs _logs;
    private readonly ParasolBatches _batches;
    private readonly string _program;

    private ParasolScheduler(SchedulerSetup setup)
    {
        (_client, _logs, _program) = (setup.Client, setup.Logs, setup.Options.ParasolCommand);
        _batches = new ParasolBatches(_logs.MakeDirectory(), setup.Options.ParasolMaxBatches);
        if (_client.Find(_program) is null)
        {
            throw new ToilException($"The batch system parasol needs Parasol's command {_program}, which isn't on PATH. Run the leader on the hub's host, or name the command with --parasolCommand.");
        }
    }

    public string Title => "Parasol";

    /// <summary>So many jobs share a script; each goes out by itself.</summary>
    public int LargestArray => 1000;

    /// <summary>A hub that is too busy to tell all looks like one that has fewer jobs.</summary>
    public TimeSpan AccountsLag => TimeSpan.FromSeconds(20);

    /// <summary>However a job ends, there is a result of it, unless it was removed, or a restarted hub has forgotten it.</summary>
    public BatchJobEndReason Unaccounted => BatchJobEndReason.NodeLost;

    public static IScheduler Open(SchedulerSetup setup) => setup.Options is { BatchTime: null, BatchExclusive: false, BatchPreemptibleQueue: null }
        ? new ParasolScheduler(setup)
        : throw new ToilException("Parasol knows neither time limits nor queues nor nodes for one job alone: leave --batchTime, --batchExclusive and --batchPreemptibleQueue out.");

    public async Task<IReadOnlyList<string>> SubmitAsync(GridSubmission submission, CancellationToken cancellation)
    {
        var directory = _batches.DirectoryFor(submission);
        var script = Path.Combine(directory, $"{submission.Name}.sh");
        await File.WriteAllTextAsync(script, ScriptFor(submission), cancellation).ConfigureAwait(false);
        var ids = new List<string>();
        foreach (var job in submission.Jobs)
        {
            ids.Add(await AddAsync(job, submission, directory, script, cancellation).ConfigureAwait(false));
        }

        return ids;
    }

    public async Task<IReadOnlyList<BatchJobStatus>> ListAsync(string prefix, CancellationToken cancellation) =>
        ParasolOutput.ParseJobs(await _client.ReadAsync(_program, ["-extended", "list", "jobs"], cancellation).ConfigureAwait(false), prefix);

    public async Task<IReadOnlyList<BatchJobEnd>> AccountAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        foreach (var results in _batches.ReadResults())
        {
            // After some crashes Parasol holds nodes for sick, and starts nothing of the batch any more. Toil itself judges by how jobs fail.
            await ClearSickAsync(results, cancellation).ConfigureAwait(false);
        }

        return [.. ids.Select(_batches.TakeEnd).OfType<BatchJobEnd>()];
    }

    public async Task CancelAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        var refused = new Dictionary<string, string>();
        foreach (var id in ids)
        {
            var result = await _client.RunAsync(_program, ["remove", "job", id], null, cancellation).ConfigureAwait(false);
            if (result.ExitCode != 0)
            {
                refused[id] = result.Complaint;
            }
        }

        // What it says is the same whether the job has ended or the hub has.
        if (refused.Count > 0 && (await ListAsync("", cancellation).ConfigureAwait(false)).FirstOrDefault(job => refused.ContainsKey(job.Id)) is { } left)
        {
            throw new ToilException($"Parasol doesn't remove job {left.Id}: {refused[left.Id]}");
        }
    }

    private async Task<string> AddAsync(BatchJob job, GridSubmission submission, string directory, string script, CancellationToken cancellation)
    {
        string[] arguments =
        [
            "-verbose", Number($"-cpu={submission.Cores}"), Number($"-ram={submission.Memory.Bytes}"), $"-dir={directory}",
            $"-results={ParasolBatches.ResultsIn(directory)}", "add", "job", "/bin/sh", script, Number($"{job.Entry}"), job.Name,
        ];
        var result = await _client.RunAsync(_program, arguments, null, cancellation).ConfigureAwait(false);
        if (result.ExitCode == 0 && ParasolOutput.ParseSubmission(result.Output) is { } id)
        {
            return id;
        }

        if (result.Complaint.Contains("sick", StringComparison.OrdinalIgnoreCase))
        {
            await ClearSickAsync(ParasolBatches.ResultsIn(directory), cancellation).ConfigureAwait(false);
        }

        throw IsFinal(result.Complaint) ? new BatchJobRejectedException(job.Name, result.Complaint) : new ToilException($"{_program} took no job: {result.Complaint}");
    }

    private Task<ClientResult> ClearSickAsync(string results, CancellationToken cancellation) => _client.RunAsync(_program, [$"-results={results}", "clear", "sick"], null, cancellation);

    private string ScriptFor(GridSubmission submission)
    {
        var variables = Passed.Where(_client.Environment.ContainsKey).Select(name => $"export {name}={ShellWord.Quote(_client.Environment[name])}\n");
        return submission.ScriptFor("$1", string.Concat(variables) + _logs.RedirectionFor(submission, "$JOB_ID"));
    }

    private static bool IsFinal(string complaint) =>
        complaint.Contains("can only be", StringComparison.OrdinalIgnoreCase) || complaint.Contains("usage", StringComparison.OrdinalIgnoreCase);

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
