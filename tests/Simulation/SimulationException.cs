namespace Toil.Simulation;

/// <summary>An invariant doesn't hold.</summary>
public sealed class SimulationException(string message, Exception? cause = null) : Exception(message, cause);

internal static class Invariant
{
    public static void Holds(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new SimulationException(otherwise);
        }
    }
}
