namespace Toil.Simulation.World;

/// <summary>The leader's process ended here, whatever it was doing.</summary>
internal sealed class LeaderKilledException : Exception;

/// <summary>The leader's process is suspended, and will go on when another has taken over.</summary>
internal sealed class LeaderPausedException : Exception;
