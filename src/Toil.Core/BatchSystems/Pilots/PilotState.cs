using Toil.Agents;
using Toil.Values;

namespace Toil.BatchSystems;

/// <summary>A pilot, as the leader knows it. Its state belongs to <see cref="PilotFleet"/>.</summary>
internal sealed class PilotState(string name, ResourceAmount size, long since)
{
    private readonly SentCodes _codes = new();

    public string Name => name;

    /// <summary>What the batch system calls it; empty until that is known.</summary>
    public string Id { get; set; } = "";

    /// <summary>The node that it runs on; empty until it has come.</summary>
    public string Node { get; set; } = "";

    /// <summary>Proves, once, that who comes is this pilot; null once it has come, or when an earlier leader submitted it and it had come then.</summary>
    public string? Token { get; set; }

    /// <summary>The connection; null while there is none.</summary>
    public PilotChannel? Channel { get; set; }

    /// <summary>Whether it has ever come.</summary>
    public bool HasCome { get; set; }

    /// <summary>An earlier leader gave it jobs, and it hasn't come back yet.</summary>
    public bool IsAwaited { get; set; }

    /// <summary>It takes no more jobs: it was told to end, or the batch system ends it.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>Since when it has been without a connection, or, with one, without a job.</summary>
    public long Since { get; set; } = since;

    public ResourceAmount Free { get; set; } = size;

    /// <summary>How many attempts it runs.</summary>
    public int Running { get; set; }

    public bool CanTake => Channel is not null && !IsLeaving;

    public void Send(LaunchOrder order)
    {
        var writer = new ByteWriter();
        _codes.Write(writer, order);
        Channel?.Send(PilotMessage.Run, writer);
    }

    /// <summary>It has come, or come back.</summary>
    public void Connect(PilotChannel channel, string node)
    {
        _codes.Clear();
        (Channel, Node, HasCome, IsAwaited, Token) = (channel, node, true, false, null);
    }
}
