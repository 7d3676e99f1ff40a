using Toil.Agents;

namespace Toil.BatchSystems;

/// <remarks>How pilots come and go.</remarks>
internal sealed partial class PilotFleet
{
    /// <summary>So many pilots in a row that ended before they came, and no more are tried.</summary>
    private const int MostFailures = 3;

    /// <summary>A pilot without a connection is given up after so long.</summary>
    private static readonly TimeSpan LostAfter = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    /// <summary>Ends that came while pilots were being submitted, of those whose ids weren't known yet.</summary>
    private readonly Dictionary<string, BatchJobEnd> _early = [];

    /// <summary>When the last pilot has come back that an earlier leader had, what none of them has was never given to one, or is lost: it runs again, and no try is used.</summary>
    private void StopAwaiting()
    {
        List<AttemptId> lost;
        lock (_gate)
        {
            lost = _pilots.Values.Any(pilot => pilot.IsAwaited) ? [] : [.. _awaited];
            lost.ForEach(attempt => _awaited.Remove(attempt));
        }

        lost.ForEach(attempt => _lose(attempt, new BatchJobEnd("", BatchJobEndReason.NodeLost), true));
    }

    /// <summary>Submits as many pilots as what waits needs.</summary>
    private void Grow()
    {
        lock (_gate)
        {
            if (_listener is null || _isSubmitting || _isGivenUp || _closing.IsCancellationRequested || Missing() <= 0)
            {
                return;
            }

            _isSubmitting = true;
        }

        _background.Run(SubmitAsync);
    }

    /// <summary>How many pilots there should be more.</summary>
    private int Missing()
    {
        if (_queue.Count == 0)
        {
            return 0;
        }

        var busy = _pilots.Values.Count(pilot => !pilot.IsLeaving && pilot.Running > 0);
        var demand = _queue.Demand;
        var needed = Math.Max(Share(demand.MilliCores, _size.MilliCores), Math.Max(Share(demand.Memory, _size.Memory), Share(demand.Disk, _size.Disk)));
        return (int)Math.Min(_settings.Limit, busy + Math.Max(1, Math.Ceiling(needed))) - _pilots.Values.Count(pilot => !pilot.IsLeaving);

        static double Share(long wanted, long each) => each > 0 ? (double)wanted / each : 0;
    }

    private async Task SubmitAsync()
    {
        int count;
        lock (_gate)
        {
            count = Missing();
        }

        try
        {
            var prepared = count <= 0 ? [] : await _jobs.PrepareAsync(count, _closing.Token).ConfigureAwait(false);
            lock (_gate)
            {
                foreach (var (name, token) in prepared)
                {
                    // It may come before the batch system has said its id.
                    _pilots[name] = new PilotState(name, _size, _options.Time.GetTimestamp()) { Token = token };
                }
            }

            var ids = prepared.Count == 0 ? new Dictionary<string, string>() : await _jobs.SubmitAsync(prepared.Select(one => one.Name), _closing.Token).ConfigureAwait(false);
            var ended = new List<(PilotState Pilot, BatchJobEnd End)>();
            lock (_gate)
            {
                foreach (var (name, id) in ids)
                {
                    var pilot = _pilots[name];
                    pilot.Id = id;
                    if (_early.TryGetValue(id, out var end))
                    {
                        ended.Add((pilot, end));
                    }
                }

                _early.Clear();
                _isSubmitting = false;
            }

            ended.ForEach(one => Lose(one.Pilot, one.End));
        }
        catch (BatchJobRejectedException rejection)
        {
            GiveUp($"The batch system takes no pilots of {_settings.Size}: {rejection.Message} Choose another size with --pilotCores, --pilotMemory and --pilotDisk.");
        }

        Grow();
    }

    private async Task WatchAsync()
    {
        await foreach (var end in _system.WatchPilotsAsync(_closing.Token).ConfigureAwait(false))
        {
            PilotState? pilot;
            lock (_gate)
            {
                pilot = _pilots.Values.FirstOrDefault(pilot => pilot.Id == end.Id);
                if (pilot is null && _isSubmitting)
                {
                    _early[end.Id] = end;
                }
            }

            if (pilot is not null)
            {
                Lose(pilot, end);
            }
        }
    }

    /// <summary>A pilot has ended, or is taken for lost: so are the attempts that it ran.</summary>
    private void Lose(PilotState pilot, BatchJobEnd end)
    {
        List<AttemptId> lost;
        bool neverCame;
        lock (_gate)
        {
            _pilots.Remove(pilot.Name);
            _queue.Forget(pilot);
            pilot.Channel?.Break();
            pilot.IsAwaited = false;
            lost = [.. _places.Where(place => place.Value.Pilot == pilot && !place.Value.HasEnded).Select(place => place.Key)];
            lost.ForEach(attempt => _places.Remove(attempt));

            neverCame = !pilot.HasCome && !pilot.IsLeaving;
            _failures += neverCame ? 1 : 0;
        }

        // What it could still say, it has left in the job store.
        var reason = end.Reason is BatchJobEndReason.Exited or BatchJobEndReason.Forgotten or BatchJobEndReason.TimeLimit ? BatchJobEndReason.NodeLost : end.Reason;
        lost.ForEach(attempt => _lose(attempt, end with { Reason = reason, Detail = $"the pilot that ran it has ended ({end.Reason}{(end.Detail is { } detail ? $": {detail}" : "")})" }, false));
        StopAwaiting();
        if (neverCame)
        {
            _options.Log(LogLevel.Warning, $"A pilot ({end.Id}) ended before it reached the leader at {_listener?.Address}: {end.Reason}{(end.ExitCode is { } code ? $", exit code {code}" : "")}. {end.Output.Trim()}");
            _background.Run(() => _jobs.RemoveStartAsync(pilot.Name));
            if (_failures >= MostFailures)
            {
                GiveUp($"{_failures} pilots in a row ended before they reached the leader at {_listener?.Address}. Name an address that nodes can reach with --pilotAddress, and let the firewall of this host admit the port.");
            }
        }

        _events.Changed();
    }

    private void GiveUp(string why)
    {
        _options.Log(LogLevel.Error, $"{why} Until then jobs are submitted one by one, without pilots.");
        _isGivenUp = true;
        _events.Changed();
    }

    /// <summary>Looks after pilots that have nothing to do, or that haven't been heard of.</summary>
    private async Task LookAsync()
    {
        while (true)
        {
            await Task.Delay(LookInterval, _options.Time, _closing.Token).ConfigureAwait(false);
            List<PilotState> late;
            List<string> unneeded;
            lock (_gate)
            {
                late = [.. _pilots.Values.Where(pilot => pilot is { Channel: null, Id.Length: > 0 } && (pilot.HasCome || pilot.IsAwaited) && _options.Time.GetElapsedTime(pilot.Since) >= LostAfter)];
                unneeded = [.. _pilots.Values.Where(IsUnneeded).ToList().Select(Dismiss).OfType<string>()];
            }

            foreach (var pilot in late)
            {
                Lose(pilot, new BatchJobEnd(pilot.Id, BatchJobEndReason.NodeLost, null, $"it hasn't been heard of for {LostAfter.TotalSeconds:0} s"));
                unneeded.Add(pilot.Id);
            }

            if (unneeded.Count > 0)
            {
                await _jobs.KillAsync(unneeded, _closing.Token).ConfigureAwait(false);
            }
        }
    }

    private bool IsUnneeded(PilotState pilot) =>
        pilot is { IsLeaving: false, Running: 0, Id.Length: > 0 } && (pilot.Channel is not null || !pilot.HasCome)
        && (_isGivenUp || (_queue.Count == 0 && _options.Time.GetElapsedTime(pilot.Since) >= _settings.IdleTime));

    /// <summary>Lets a pilot end.</summary>
    /// <returns>Its id when it hasn't come, and has to be cancelled.</returns>
    private static string? Dismiss(PilotState pilot)
    {
        pilot.IsLeaving = true;
        pilot.Channel?.Send(PilotMessage.Exit);
        return pilot.Channel is null && pilot.Id.Length > 0 ? pilot.Id : null;
    }
}
