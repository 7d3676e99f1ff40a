using System.Security.Cryptography;
using Toil.Agents;
using Toil.JobStores;

namespace Toil.BatchSystems;

/// <summary>Pilots as jobs of a batch system: submits and cancels them, and keeps in the job store what they start from.</summary>
internal sealed class PilotJobs(SharedBatchSystem system, RemoteBatchOptions options, PilotSettings settings)
{
    private readonly IBlobStore _blobs = options.Store.Blobs;
    private readonly Persistence _persistence = new("batch system", options.Time, options.Log);
    private int _batches;

    /// <summary>The leader's place in the order of leaders; the names of its pilots begin with it.</summary>
    public int Epoch { get; set; }

    /// <summary>Makes names and tokens for pilots, and puts what they start from into the job store.</summary>
    public async Task<IReadOnlyList<(string Name, string Token)>> PrepareAsync(int count, CancellationToken cancellation)
    {
        var batch = PilotKeys.Batch(Epoch, ++_batches);
        var pilots = Enumerable.Range(0, count).Select(entry => (Name: PilotKeys.NameOf(batch, entry), Token: Convert.ToHexString(RandomNumberGenerator.GetBytes(32)))).ToList();
        foreach (var (name, token) in pilots)
        {
            await _persistence.InsistAsync(
                "get a pilot's start into the job store",
                async () => await _blobs.PutAsync(PilotKeys.LaunchOf(name), new PilotLaunch(options.Setup, token, settings.LeaderWait).Encode(), null, cancellation).ConfigureAwait(false),
                cancellation).ConfigureAwait(false);
        }

        return pilots;
    }

    /// <summary>Submits pilots that have been prepared together.</summary>
    /// <returns>Their ids, by their names.</returns>
    /// <exception cref="BatchJobRejectedException">The batch system will never take them.</exception>
    public async Task<IReadOnlyDictionary<string, string>> SubmitAsync(IEnumerable<string> names, CancellationToken cancellation)
    {
        var ids = new Dictionary<string, string>();
        var left = names.Select(JobOf).ToList();
        var isFirst = true;
        system.BeginSubmission();
        try
        {
            await _persistence.InsistAsync($"submit {left.Count} pilots", TryAsync, cancellation).ConfigureAwait(false);
        }
        finally
        {
            system.EndSubmission();
        }

        return ids;

        async Task<bool> TryAsync()
        {
            if (!isFirst)
            {
                foreach (var status in await ListAsync(cancellation).ConfigureAwait(false))
                {
                    Took(status.Name, status.Id);
                }
            }

            isFirst = false;
            if (left.Count > 0)
            {
                foreach (var (job, id) in left.Zip(await system.SubmitPilotsAsync(left, cancellation).ConfigureAwait(false)).ToList())
                {
                    Took(job.Name, id);
                }
            }

            return true;
        }

        void Took(string jobName, string id)
        {
            if (left.RemoveAll(job => job.Name == jobName) > 0)
            {
                ids[PilotKeys.Parse(jobName)!] = id;
            }
        }
    }

    public Task<IReadOnlyList<BatchJobStatus>> ListAsync(CancellationToken cancellation) => system.ListPilotsAsync(options.NamePrefix, cancellation);

    public Task KillAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation) => _persistence.InsistAsync(
        $"cancel {ids.Count} pilots",
        async () =>
        {
            await system.KillAsync(ids, cancellation).ConfigureAwait(false);
            return true;
        },
        cancellation);

    /// <summary>A pilot has come, or never will: its token is good for nothing any more.</summary>
    public Task RemoveStartAsync(string name) => _blobs.DeleteAsync(PilotKeys.LaunchOf(name)).AsTask();

    /// <returns>The token of a pilot that hasn't come yet; null for others.</returns>
    public async Task<string?> TokenOfAsync(string name, CancellationToken cancellation)
    {
        var key = PilotKeys.LaunchOf(name);
        return await _blobs.ReadAllAsync(key, cancellation).ConfigureAwait(false) is { } bytes ? PilotLaunch.Decode(bytes, key).Token : null;
    }

    private BatchJob JobOf(string name)
    {
        var (batch, entry) = (name[..name.LastIndexOf('-')], int.Parse(name[(name.LastIndexOf('-') + 1)..], System.Globalization.CultureInfo.InvariantCulture));
        IReadOnlyList<string> command = [.. options.Program, .. new RemoteWorkerArguments(options.Store.Locator.ToString(), options.Plugins, batch, entry, IsPilot: true).ToArguments()];
        return new BatchJob(options.NamePrefix + name, 0, "pilot", settings.Size, command, entry);
    }
}
