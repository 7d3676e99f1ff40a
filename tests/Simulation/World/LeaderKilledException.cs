namespace Toil.Simulation.World;

/// <summary>The leader's process ended here, whatever it was doing.</summary>
internal sealed class LeaderKilledException : Exception;
