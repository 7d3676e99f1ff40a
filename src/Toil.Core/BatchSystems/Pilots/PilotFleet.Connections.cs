using System.Security.Cryptography;
using System.Text;
using Toil.Agents;
using Toil.Values;

namespace Toil.BatchSystems;

/// <remarks>What pilots say.</remarks>
internal sealed partial class PilotFleet
{
    /// <summary>Serves a pilot that has called, until its connection ends.</summary>
    private async Task ServeAsync(PilotHello hello, PilotChannel channel)
    {
        if (Admit(hello, channel, out var missing) is not { } pilot)
        {
            var writer = new ByteWriter();
            writer.WriteString($"no pilot {hello.Name} with this token is expected. It was given up for lost, or its token has been used");
            channel.Send(PilotMessage.Refused, writer);
            _options.Log(LogLevel.Warning, $"A pilot {hello.Name} on {hello.Node} was turned away: it isn't expected, or its token is wrong.");
            return;
        }

        missing.ForEach(attempt => _lose(attempt, new BatchJobEnd(pilot.Id, BatchJobEndReason.NodeLost), true));
        StopAwaiting();
        _events.Changed();
        _background.Run(() => _jobs.RemoveStartAsync(pilot.Name));
        while (await channel.ReceiveAsync(_closing.Token).ConfigureAwait(false) is var (message, payload))
        {
            Take(pilot, channel, message, payload);
        }

        lock (_gate)
        {
            if (pilot.Channel == channel)
            {
                (pilot.Channel, pilot.Since) = (null, _options.Time.GetTimestamp());
            }
        }
    }

    /// <returns>Null when it isn't wanted.</returns>
    private PilotState? Admit(PilotHello hello, PilotChannel channel, out List<AttemptId> missing)
    {
        lock (_gate)
        {
            missing = [];
            if (!_pilots.TryGetValue(hello.Name, out var pilot) || !(IsSame(hello.Secret, TicketOf(pilot.Name)) || (pilot.Token is { } token && IsSame(hello.Secret, token))))
            {
                return null;
            }

            // It may have noticed a broken connection sooner than this side.
            pilot.Channel?.Break();
            pilot.Connect(channel, hello.Node);
            channel.Longest = FrameBuffer.LongestPayload;
            _failures = 0;
            var writer = new ByteWriter();
            writer.WriteString(TicketOf(pilot.Name));
            channel.Send(PilotMessage.Welcome, writer);
            missing = Reconcile(pilot, hello.Held, channel);
            pilot.Since = _options.Time.GetTimestamp();
            if (pilot.IsLeaving)
            {
                channel.Send(PilotMessage.Exit);
            }

            return pilot;
        }
    }

    /// <summary>What a pilot has is what counts.</summary>
    /// <returns>Attempts that it should have and hasn't.</returns>
    private List<AttemptId> Reconcile(PilotState pilot, IReadOnlyList<HeldAttempt> held, PilotChannel channel)
    {
        var has = held.Select(one => one.Attempt).ToHashSet();
        List<AttemptId> missing =
        [
            .. _places.Where(place => place.Value.Pilot == pilot && !place.Value.HasEnded && !has.Contains(place.Key)).Select(place => place.Key),
        ];
        foreach (var attempt in missing)
        {
            if (_places.Remove(attempt, out var place))
            {
                Release(place);
            }
        }

        foreach (var one in held)
        {
            var isAwaited = _awaited.Remove(one.Attempt);
            if (_places.TryGetValue(one.Attempt, out var place))
            {
                if (place is { HasEnded: false, Told: { } told })
                {
                    channel.Send(told, one.Attempt);
                }

                continue;
            }

            if (one.HasEnded && !isAwaited)
            {
                continue;
            }

            _places[one.Attempt] = place = new PilotPlace(pilot, one.Amount, _options.Time.GetUtcNow()) { IsUnwanted = !isAwaited };
            pilot.Free -= one.Amount;
            pilot.Running++;
            if (!isAwaited || _killed.Remove(one.Attempt))
            {
                place.Tell(PilotMessage.Kill, one.Attempt);
            }
        }

        return missing;
    }

    private void Take(PilotState pilot, PilotChannel channel, PilotMessage message, ReadOnlyMemory<byte> payload)
    {
        var reader = new ByteReader(payload.Span);
        switch (message)
        {
            case PilotMessage.Ended:
                Ended(pilot, channel, OutboxRecord.Decode(payload, $"what pilot {pilot.Name} said"));
                break;
            case PilotMessage.Started:
                var attempt = AttemptId.ReadFrom(ref reader);
                _events.Started(attempt, EncodedValue.ReadFrom(ref reader));
                break;
            case PilotMessage.Log:
                attempt = AttemptId.ReadFrom(ref reader);
                var name = reader.ReadString();
                _events.Logged(attempt, name, (LogLevel)reader.ReadByte(), reader.ReadString());
                break;
            case PilotMessage.Leaving:
                lock (_gate)
                {
                    pilot.IsLeaving = true;
                }

                break;
        }
    }

    private void Ended(PilotState pilot, PilotChannel channel, OutboxRecord record)
    {
        var attempt = record.Outcome.Attempt;
        bool isWanted;
        lock (_gate)
        {
            isWanted = _places.TryGetValue(attempt, out var place) && !place.IsUnwanted;
            if (place is not null)
            {
                Release(place);
            }
            else if (record.Outcome.Commit is not null)
            {
                // It was given up for lost, or another leader has committed it: the leader decides.
                _places[attempt] = new PilotPlace(pilot, default, _options.Time.GetUtcNow()) { HasEnded = true };
            }

            if (!isWanted && record.Outcome.Commit is null)
            {
                _places.Remove(attempt);
                SendSettled(channel, attempt, committed: false);
            }
        }

        if (isWanted)
        {
            Keep(record);
        }

        if (record.Outcome.Commit is not null)
        {
            _events.Found(record.Outcome, null);
        }
        else if (isWanted)
        {
            _events.Found(null, record.Outcome);
        }
        else
        {
            _events.Changed();
        }
    }

    private void Keep(OutboxRecord record)
    {
        try
        {
            _options.KeepLog?.Invoke(record);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _options.Log(LogLevel.Warning, $"The log of job '{record.JobName}' couldn't be kept: {error.Message}");
        }
    }

    private static bool IsSame(string one, string other) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}
