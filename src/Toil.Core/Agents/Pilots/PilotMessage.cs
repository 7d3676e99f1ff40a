namespace Toil.Agents;

/// <summary>The kinds of frame between a leader and its pilots.</summary>
internal enum PilotMessage : byte
{
    /// <summary>Both, when there was nothing else to say for a while.</summary>
    Alive = 1,

    /// <summary>Pilot: a <see cref="PilotHello"/>.</summary>
    Hello = 2,

    /// <summary>Leader: its epoch, and the ticket to come back with.</summary>
    Welcome = 3,

    /// <summary>Leader: why it doesn't want the pilot.</summary>
    Refused = 4,

    /// <summary>Leader: whether to forget the codes received so far, then a launch order.</summary>
    Run = 5,

    /// <summary>Leader: the attempt that should end early.</summary>
    Kill = 6,

    /// <summary>Leader: the service that should stop.</summary>
    Stop = 7,

    /// <summary>Leader: the attempt whose end is durable, and whether it was committed: the pilot needn't keep it any more.</summary>
    Settled = 8,

    /// <summary>Leader: nothing more to do.</summary>
    Exit = 9,

    /// <summary>Pilot: an <see cref="OutboxRecord"/>.</summary>
    Ended = 10,

    /// <summary>Pilot: a service has started; the attempt, and the value for its users.</summary>
    Started = 11,

    /// <summary>Pilot: the attempt, the job's name, level and text of a message to the leader's log.</summary>
    Log = 12,

    /// <summary>Pilot: the batch system ends it; it takes no more jobs.</summary>
    Leaving = 13,
}

internal static class PilotProtocol
{
    /// <summary>Raised with every change of what leaders and pilots say to each other.</summary>
    public const int Version = 2;

    /// <summary>Whoever has nothing to say says so this often.</summary>
    public static readonly TimeSpan AliveInterval = TimeSpan.FromSeconds(10);

    /// <summary>A connection on which nothing came for so long, not even a part of a frame, is broken.</summary>
    public static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(60);

    /// <summary>How long the first words may take.</summary>
    public static readonly TimeSpan HelloTimeout = TimeSpan.FromSeconds(10);
}
