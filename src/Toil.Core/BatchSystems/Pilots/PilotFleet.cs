using System.Security.Cryptography;
using System.Text;
using Toil.Agents;
using Toil.JobStores;
using Toil.Values;

namespace Toil.BatchSystems;

/// <summary>
/// The pilots of a workflow: gives them jobs, takes what they say, and has as many of them as the queue needs. One lock guards all state; the
/// leader's thread and the pilots' connections call in.
/// </summary>
internal sealed partial class PilotFleet : IAsyncDisposable
{
    private readonly PilotSettings _settings;
    private readonly RemoteBatchOptions _options;
    private readonly IRemoteEvents _events;
    private readonly Action<AttemptId, BatchJobEnd, bool> _lose;
    private readonly PilotJobs _jobs;
    private readonly SharedBatchSystem _system;
    private readonly IBlobStore _blobs;
    private readonly ResourceAmount _size;
    private readonly Lock _gate = new();
    private readonly PilotQueue _queue = new();
    private readonly Dictionary<string, PilotState> _pilots = [];
    private readonly Dictionary<AttemptId, PilotPlace> _places = [];

    /// <summary>Attempts that an earlier leader may have given to pilots: those that have come back will say so.</summary>
    private readonly HashSet<AttemptId> _awaited = [];
    private readonly HashSet<AttemptId> _killed = [];
    private readonly CancellationTokenSource _closing = new();
    private readonly BackgroundWork _background;
    private byte[] _secret = [];
    private PilotListener? _listener;
    private bool _isSubmitting;
    private int _failures;
    private volatile bool _isGivenUp;

    /// <param name="settings">How many, and how large.</param>
    /// <param name="options">What it takes to run attempts elsewhere.</param>
    /// <param name="system">Runs the pilots.</param>
    /// <param name="events">The leader.</param>
    /// <param name="lose">Takes over attempts whose pilots are gone: how that came, and whether it is nobody's fault and uses no try.</param>
    public PilotFleet(PilotSettings settings, RemoteBatchOptions options, SharedBatchSystem system, IRemoteEvents events, Action<AttemptId, BatchJobEnd, bool> lose)
    {
        (_settings, _options, _system, _events, _lose, _blobs) = (settings, options, system, events, lose, options.Store.Blobs);
        _background = new BackgroundWork(events, _closing.Token);
        _jobs = new PilotJobs(system, options, settings);
        _size = ResourceAmount.Of(settings.Size);
    }

    /// <summary>Whether all pilots and jobs that wait for some are gone: jobs have to be submitted themselves.</summary>
    public bool IsGivenUp => _isGivenUp;

    public int Queued
    {
        get
        {
            lock (_gate)
            {
                return _queue.Count;
            }
        }
    }

    /// <summary>Whether a job can run in a pilot.</summary>
    public bool Takes(Requirements requirements) => !_isGivenUp && requirements.Accelerators.IsNone && ResourceAmount.Of(requirements).FitsIn(_size);

    public void Add(AttemptId attempt, Requirements requirements)
    {
        lock (_gate)
        {
            _queue.Add(attempt, ResourceAmount.Of(requirements));
        }
    }

    /// <summary>Takes all that wait, when pilots are given up.</summary>
    public IReadOnlyList<(AttemptId Attempt, ResourceAmount Amount)> TakeQueued()
    {
        lock (_gate)
        {
            return _queue.TakeAll();
        }
    }

    /// <summary>An earlier leader gave an attempt to a pilot, which may have it still.</summary>
    public void Await(AttemptId attempt) => _awaited.Add(attempt);

    /// <summary>Gives jobs to pilots that have room, and sees to it that there are enough of them.</summary>
    public void StartWhatFits(Func<AttemptId, LaunchOrder?> orderOf)
    {
        List<PilotState> open;
        lock (_gate)
        {
            open = _queue.Count == 0 ? [] : [.. _pilots.Values.Where(pilot => pilot.CanTake)];
        }

        foreach (var pilot in open)
        {
            while (TryTake(pilot, out var attempt, out var amount))
            {
                Give(pilot, attempt, amount, orderOf(attempt));
            }
        }

        Grow();
    }

    /// <returns>False when no pilot has it.</returns>
    public bool TryKill(AttemptId attempt)
    {
        lock (_gate)
        {
            if (_queue.TryWithdraw(attempt))
            {
                return true;
            }

            if (!_places.TryGetValue(attempt, out var place))
            {
                if (!_awaited.Contains(attempt))
                {
                    return false;
                }

                // Its pilot is told when it comes back.
                _killed.Add(attempt);
                return true;
            }

            place.Tell(PilotMessage.Kill, attempt);
            return true;
        }
    }

    /// <returns>False when no pilot has it.</returns>
    public bool TryStop(AttemptId attempt)
    {
        lock (_gate)
        {
            if (!_places.TryGetValue(attempt, out var place))
            {
                return false;
            }

            place.Tell(PilotMessage.Stop, attempt);
            return true;
        }
    }

    /// <summary>An attempt's end is decided, and durable: its pilot needn't keep it any more.</summary>
    /// <returns>False when no pilot has it.</returns>
    public bool TrySettle(AttemptId attempt, bool committed)
    {
        lock (_gate)
        {
            if (!_places.Remove(attempt, out var place))
            {
                return false;
            }

            Release(place);
            SendSettled(place.Pilot.Channel, attempt, committed);
            return true;
        }
    }

    public IReadOnlyList<RunningAttempt> WhatRuns()
    {
        lock (_gate)
        {
            return [.. _places.Where(place => !place.Value.HasEnded).Select(place => new RunningAttempt(place.Key, place.Value.Since, $"{place.Value.Pilot.Node} (pilot {place.Value.Pilot.Id})"))];
        }
    }

    public string? WhatHoldsJobsUp()
    {
        lock (_gate)
        {
            var here = _pilots.Values.Count(pilot => pilot.Channel is not null);
            return _queue.Count == 0 ? null
                : $"{_queue.Count} jobs wait for room in a pilot; {here} of at most {_settings.Limit} pilots are there, and {_pilots.Count - here} are still to come. Each has {_settings.Size}.";
        }
    }

    private bool TryTake(PilotState pilot, out AttemptId attempt, out ResourceAmount amount)
    {
        lock (_gate)
        {
            (attempt, amount) = (default, default);
            return pilot.CanTake && _queue.TryTake(pilot, pilot.Free, out attempt, out amount);
        }
    }

    private void Give(PilotState pilot, AttemptId attempt, ResourceAmount amount, LaunchOrder? order)
    {
        if (order is null)
        {
            return;
        }

        lock (_gate)
        {
            _places[attempt] = new PilotPlace(pilot, amount, _options.Time.GetUtcNow());
            pilot.Free -= amount;
            pilot.Running++;

            // If the connection has just gone, the pilot says when it is back that it hasn't got this.
            pilot.Send(order);
        }
    }

    /// <summary>An attempt takes no room any more.</summary>
    private void Release(PilotPlace place)
    {
        if (place.HasEnded)
        {
            return;
        }

        place.HasEnded = true;
        place.Pilot.Free += place.Amount;
        if (--place.Pilot.Running == 0 && place.Pilot.Channel is not null)
        {
            place.Pilot.Since = _options.Time.GetTimestamp();
        }
    }

    private static void SendSettled(PilotChannel? channel, AttemptId attempt, bool committed)
    {
        if (channel is not null)
        {
            var writer = new ByteWriter();
            attempt.WriteTo(writer);
            writer.WriteBool(committed);
            channel.Send(PilotMessage.Settled, writer);
        }
    }

    private string TicketOf(string name) => Convert.ToHexString(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(name)));
}
