using System.Security.Cryptography;
using Toil.Agents;
using Toil.JobStores;

namespace Toil.BatchSystems;

/// <remarks>How the fleet begins and ends with its leader.</remarks>
internal sealed partial class PilotFleet
{
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(10);

    /// <summary>Listens, says where, and finds the pilots of an earlier leader.</summary>
    public void Begin() => _background.Run(BeginAsync);

    /// <summary>When nothing runs in them, pilots end with the leader. Otherwise they belong to the next one.</summary>
    public async ValueTask DisposeAsync()
    {
        List<PilotState> pilots;
        bool isOver;
        lock (_gate)
        {
            isOver = _listener is not null && _awaited.Count == 0 && _places.Values.All(place => place.HasEnded);
            pilots = [.. _pilots.Values];
        }

        if (isOver)
        {
            await DismissAsync(pilots).ConfigureAwait(false);
        }

        await _closing.CancelAsync().ConfigureAwait(false);
        pilots.ForEach(pilot => pilot.Channel?.Break());
        if (_listener is not null)
        {
            await _listener.DisposeAsync().ConfigureAwait(false);
        }

        await _background.EndAsync().ConfigureAwait(false);
        _closing.Dispose();
    }

    private async Task BeginAsync()
    {
        _secret = await ReadSecretAsync().ConfigureAwait(false);
        var last = await _blobs.ReadAllAsync(PilotKeys.Address, _closing.Token).ConfigureAwait(false);
        _jobs.Epoch = 1 + (last is null ? 0 : PilotAddress.Parse(last)?.Epoch ?? 0);
        await FindEarlierAsync().ConfigureAwait(false);
        var listener = new PilotListener(_settings.Address, _jobs.Epoch, ServeAsync, _options.Time, _options.Log);
        lock (_gate)
        {
            _listener = listener;
        }

        await _blobs.PutAsync(PilotKeys.Address, listener.Address.ToBytes(), BlobPutOptions.Replace, _closing.Token).ConfigureAwait(false);
        _background.Run(WatchAsync);
        _background.Run(LookAsync);
        Grow();
    }

    private async Task<byte[]> ReadSecretAsync()
    {
        await _blobs.PutAsync(PilotKeys.Secret, RandomNumberGenerator.GetBytes(32), BlobPutOptions.IfAbsent, _closing.Token).ConfigureAwait(false);
        return await _blobs.ReadAllAsync(PilotKeys.Secret, _closing.Token).ConfigureAwait(false)
            ?? throw new ToilException($"{PilotKeys.Secret} has just been written to the job store and isn't there.");
    }

    private async Task FindEarlierAsync()
    {
        var listed = await new Persistence("batch system", _options.Time, _options.Log)
            .InsistAsync("list this workflow's pilots", () => _jobs.ListAsync(_closing.Token), _closing.Token).ConfigureAwait(false);
        foreach (var status in listed.Where(status => status.State != BatchJobState.Ended))
        {
            var name = PilotKeys.Parse(status.Name)!;
            var token = await _jobs.TokenOfAsync(name, _closing.Token).ConfigureAwait(false);
            lock (_gate)
            {
                _pilots[name] = new PilotState(name, _size, _options.Time.GetTimestamp())
                {
                    Id = status.Id,
                    Token = token,
                    HasCome = token is null,
                    IsAwaited = token is null || status.State == BatchJobState.Running,
                    Node = status.Node,
                };
            }
        }

        StopAwaiting();
    }

    /// <summary>The workflow has ended.</summary>
    private async Task DismissAsync(List<PilotState> pilots)
    {
        List<string> absent;
        lock (_gate)
        {
            absent = [.. pilots.Select(Dismiss).OfType<string>()];
        }

        await RemoveTracesAsync(pilots.Where(pilot => !pilot.HasCome)).ConfigureAwait(false);
        var began = _options.Time.GetTimestamp();
        while (pilots.Exists(pilot => pilot.Channel is not null) && _options.Time.GetElapsedTime(began) < FarewellTime)
        {
            // They close their connections when their nodes are clear, a moment later.
            await Task.Delay(TimeSpan.FromMilliseconds(10), _options.Time).ConfigureAwait(false);
        }

        absent.AddRange(pilots.Where(pilot => pilot is { Channel: not null, Id.Length: > 0 }).Select(pilot => pilot.Id));
        if (absent.Count > 0)
        {
            await _jobs.KillAsync(absent, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Pilots that come too late needn't look for a leader. Another leader's address stays.</summary>
    private async Task RemoveTracesAsync(IEnumerable<PilotState> neverCame)
    {
        try
        {
            foreach (var pilot in neverCame)
            {
                await _jobs.RemoveStartAsync(pilot.Name).ConfigureAwait(false);
            }

            if (await _blobs.ReadAllAsync(PilotKeys.Address).ConfigureAwait(false) is { } bytes && PilotAddress.Parse(bytes) is { } address && address.Epoch == _jobs.Epoch)
            {
                await _blobs.PutAsync(PilotKeys.Address, (address with { Hosts = [] }).ToBytes(), BlobPutOptions.Replace).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is ToilException or IOException)
        {
            _options.Log(LogLevel.Warning, $"The job store can't be told that the workflow has ended: {error.Message}");
        }
    }
}
