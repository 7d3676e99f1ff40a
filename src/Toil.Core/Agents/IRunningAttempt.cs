namespace Toil.Agents;

/// <summary>An attempt from its launch to its end.</summary>
internal interface IRunningAttempt
{
    LaunchOrder Order { get; }

    DateTimeOffset Started { get; }

    /// <summary>Asks it to end.</summary>
    void Ask();

    /// <summary>Tells a service to stop. Other attempts end by themselves.</summary>
    void Stop();

    /// <summary>Ends it, when it didn't within the grace period. Does nothing once it has ended.</summary>
    void Force();
}
