namespace Toil.Agents;

/// <summary>The kinds of frame between an agent and its workers.</summary>
internal enum WorkerMessage : byte
{
    /// <summary>Worker: token, protocol version, processor time used so far.</summary>
    Hello = 1,

    /// <summary>Agent: whether to forget the codes received so far, then a launch order.</summary>
    Run = 2,

    /// <summary>Worker: usage, then the commit body.</summary>
    Commit = 3,

    /// <summary>Worker: usage, the reason, the error.</summary>
    Failed = 4,

    /// <summary>Worker: level and text of a message to the leader's log.</summary>
    Log = 5,

    /// <summary>Worker: it is again as it was before the job; processor time used so far.</summary>
    Ready = 6,

    /// <summary>Worker: it can't be made as it was before the job, and ends.</summary>
    MustReplace = 7,

    /// <summary>Agent: the attempt that should end early.</summary>
    Cancel = 8,

    /// <summary>Agent: nothing more to do.</summary>
    Exit = 9,

    /// <summary>Worker: its service has started; the value for its users.</summary>
    Started = 10,

    /// <summary>Agent: the service that should stop.</summary>
    Stop = 11,

    /// <summary>Worker: its job has registered a deferred action.</summary>
    Deferred = 12,
}

internal static class WorkerProtocol
{
    /// <summary>Both ends come from one build, so this only guards against a worker program that wasn't rebuilt.</summary>
    public const int Version = 3;
}
