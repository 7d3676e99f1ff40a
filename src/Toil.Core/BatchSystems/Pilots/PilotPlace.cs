using Toil.Agents;

namespace Toil.BatchSystems;

/// <summary>An attempt's place in a pilot, until its end is durable. Its state belongs to <see cref="PilotFleet"/>.</summary>
internal sealed class PilotPlace(PilotState pilot, ResourceAmount amount, DateTimeOffset since)
{
    public PilotState Pilot => pilot;

    public ResourceAmount Amount => amount;

    public DateTimeOffset Since => since;

    /// <summary>Its end has been heard: it takes no room any more.</summary>
    public bool HasEnded { get; set; }

    /// <summary>What it has been told last, to stop or to end: told again when its pilot comes back, which may not have heard it.</summary>
    public PilotMessage? Told { get; private set; }

    /// <summary>No job waits for it.</summary>
    public bool IsUnwanted { get; init; }

    /// <summary>Tells it to stop or to end.</summary>
    public void Tell(PilotMessage message, AttemptId attempt)
    {
        Told = Told == PilotMessage.Kill ? Told : message;
        pilot.Channel?.Send(message, attempt);
    }
}
