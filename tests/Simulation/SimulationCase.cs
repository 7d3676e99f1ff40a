using System.Globalization;
using System.Runtime.ExceptionServices;

namespace Toil.Simulation;

/// <summary>What it takes to run one simulation again.</summary>
internal sealed record SimulationCase(int Seed, int Size, long? CrashAtStep, PlantedBug Bug = PlantedBug.None)
{
    /// <summary>Hears what happens, step by step; null when nobody listens.</summary>
    public Action<string>? Trace { get; init; }

    /// <summary>A hundred times longer than the largest workflow takes.</summary>
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(60);

    /// <summary>The engine is iterative, the reference isn't.</summary>
    private const int StackSize = 64 << 20;

    /// <summary>A workflow of a random size: small ones, where mistakes are easiest to understand, and a few large ones too.</summary>
    public static SimulationCase Random(Random random)
    {
        var size = random.Next(20) switch
        {
            0 => random.Next(150, 250),
            < 4 => random.Next(1, 20),
            _ => random.Next(40, 80),
        };
        return new SimulationCase(random.Next(), size, null);
    }

    public static SimulationCase Parse(string text)
    {
        var parts = text.Split(':');
        return new SimulationCase(
            int.Parse(parts[0], CultureInfo.InvariantCulture),
            parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 10,
            parts.Length > 2 ? long.Parse(parts[2], CultureInfo.InvariantCulture) : null);
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Seed}:{Size}{(CrashAtStep is { } step ? $":{step}" : "")}");

    public SimulatedRun Execute()
    {
        var run = new SimulatedRun(this);
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() => failure = Try(run.Execute), StackSize) { IsBackground = true };
        thread.Start();
        if (!thread.Join(MaxTime))
        {
            throw new SimulationException("The leader doesn't come back: it computes for ever.");
        }

        failure?.Throw();
        return run;
    }

    /// <summary>A failure is looked for again in smaller workflows of the same seed, and told with the way to repeat it.</summary>
    public SimulatedRun ExecuteOrShrink()
    {
        try
        {
            return Execute();
        }
        catch (Exception error)
        {
            var (smallest, cause) = Shrink() ?? (this, error);
            throw new SimulationException($"{cause.GetType().Name}: {cause.Message}\nRepeat it with TOIL_SIMULATION_SEED={smallest} (found as {this}).\n{cause.StackTrace}");
        }
    }

    private static ExceptionDispatchInfo? Try(Action action)
    {
        try
        {
            action();
            return null;
        }
#pragma warning disable CA1031 // Whatever goes wrong is what is looked for.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return ExceptionDispatchInfo.Capture(error);
        }
    }

    private (SimulationCase, Exception)? Shrink()
    {
        for (var size = 1; size < Size; size++)
        {
            var smaller = this with { Size = size };
            try
            {
                smaller.Execute();
            }
#pragma warning disable CA1031 // Whatever goes wrong is what is looked for.
            catch (Exception error)
#pragma warning restore CA1031
            {
                return (smaller, error);
            }
        }

        return null;
    }
}
