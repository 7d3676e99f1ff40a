namespace Toil.BatchSystems;

/// <summary>An attempt's place in a pilot, until its end is durable. Its state belongs to <see cref="PilotFleet"/>.</summary>
internal sealed class PilotPlace(PilotState pilot, ResourceAmount amount, DateTimeOffset since)
{
    public PilotState Pilot => pilot;

    public ResourceAmount Amount => amount;

    public DateTimeOffset Since => since;

    /// <summary>Its end has been heard: it takes no room any more.</summary>
    public bool HasEnded { get; set; }

    /// <summary>No job waits for it.</summary>
    public bool IsUnwanted { get; init; }
}
