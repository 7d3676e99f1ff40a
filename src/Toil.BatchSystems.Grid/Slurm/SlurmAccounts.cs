namespace Toil.BatchSystems.Grid.Slurm;

/// <summary>How jobs have ended: from sacct where accounting is kept, else from what the controller remembers for some minutes.</summary>
internal sealed class SlurmAccounts(SchedulerClient client, Action<LogLevel, string> log)
{
    private const int MostNamed = 200;

    /// <summary>scontrol tells of one job, or of the whole cluster's: so many are asked for one by one.</summary>
    private const int MostAsked = 10;

    private bool _hasSacct = client.Find("sacct") is not null;
    private bool _hasScontrol = client.Find("scontrol") is not null;

    public async Task<IReadOnlyList<BatchJobEnd>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        var ends = new Dictionary<string, BatchJobEnd>();
        foreach (var chunk in ids.Chunk(MostNamed).TakeWhile(_ => _hasSacct))
        {
            await ReadSacctAsync(chunk, ends, cancellation).ConfigureAwait(false);
        }

        foreach (var id in ids.Where(id => !ends.ContainsKey(id)).Take(MostAsked).TakeWhile(_ => _hasScontrol))
        {
            await ReadScontrolAsync(id, ends, cancellation).ConfigureAwait(false);
        }

        return [.. ends.Values];
    }

    private async Task ReadSacctAsync(string[] ids, Dictionary<string, BatchJobEnd> ends, CancellationToken cancellation)
    {
        var result = await client.RunAsync(
            "sacct", ["--noheader", "--parsable2", "--allocations", "--format=JobID,State,ExitCode", $"--jobs={string.Join(',', ids)}"], null, cancellation).ConfigureAwait(false);
        if (result.ExitCode != 0)
        {
            if (result.Error.Contains("accounting storage is disabled", StringComparison.OrdinalIgnoreCase))
            {
                _hasSacct = false;
                return;
            }

            throw new ToilException($"sacct failed: {result.Complaint}");
        }

        foreach (var line in result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split('|') is [var id, var state, var exit] && SlurmStates.StateOf(state) == BatchJobState.Ended)
            {
                ends[id] = SlurmStates.EndOf(id, state, exit);
            }
        }
    }

    private async Task ReadScontrolAsync(string id, Dictionary<string, BatchJobEnd> ends, CancellationToken cancellation)
    {
        var result = await client.RunAsync("scontrol", ["--oneliner", "show", "job", id], null, cancellation).ConfigureAwait(false);
        if (result.ExitCode == 0)
        {
            foreach (var end in ScontrolOutput.ParseEnds(result.Output))
            {
                ends[end.Id] = end;
            }
        }
        else if (!SlurmRefusal.IsAboutEnded(result.Error))
        {
            _hasScontrol = false;
            log(LogLevel.Warning, $"scontrol can't be asked how jobs ended: {result.Complaint}");
        }
    }
}
