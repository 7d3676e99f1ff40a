namespace Toil.Agents;

/// <summary>An attempt from its launch to its end.</summary>
internal interface IRunningAttempt
{
    LaunchOrder Order { get; }

    DateTimeOffset Started { get; }

    /// <summary>How long it has been running.</summary>
    TimeSpan Elapsed { get; }

    /// <summary>The session of its processes; null while it has none.</summary>
    int? Session { get; }

    /// <summary>Whether its temporary directory may be there after its end.</summary>
    bool LeavesDirectory { get; }

    /// <summary>Asks it to end.</summary>
    /// <param name="verdict">What to report as its end; the first one counts.</param>
    void Ask(AttemptVerdict verdict);

    /// <summary>Tells a service to stop. Other attempts end by themselves.</summary>
    void Stop();

    /// <summary>Ends it, when it didn't within the grace period. Does nothing once it has ended.</summary>
    void Force();
}
