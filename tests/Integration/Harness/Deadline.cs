using System.Diagnostics;

namespace Toil.Integration.Tests;

/// <summary>Waits for conditions that no event tells of, such as what other processes have done.</summary>
internal static class Deadline
{
    /// <summary>Generous: other work may share the machine, and only a test that fails waits for so long.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(2);

    /// <summary>Waits until a condition holds.</summary>
    /// <param name="condition">What to wait for.</param>
    /// <param name="what">What the failure message calls it.</param>
    /// <param name="within">The longest to wait.</param>
    /// <returns>How long it took.</returns>
    public static async Task<TimeSpan> UntilAsync(Func<bool> condition, string what, TimeSpan? within = null)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed < (within ?? Usual), $"Waited {clock.Elapsed.TotalSeconds:F1} s in vain: {what}.");
            // What other processes do to files and to each other, no event tells.
            await Task.Delay(Interval, TestContext.Current.CancellationToken);
        }

        return clock.Elapsed;
    }
}
