using System.Diagnostics.CodeAnalysis;

namespace Toil.Agents;

/// <summary>Lets the jobs in an agent's own process run one at a time; services run beside them.</summary>
/// <param name="environment">Variables to set for all jobs. What one job alone would get isn't set: commands that run meanwhile would inherit it.</param>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle nobody asks for holds nothing that needs disposing.")]
internal sealed class DebuggedJobs(IReadOnlyDictionary<string, string> environment)
{
    private readonly SemaphoreSlim _turn = new(1);

    public async Task EnterAsync(LaunchOrder order, CancellationToken cancellation)
    {
        if (order.IsService)
        {
            return;
        }

        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        foreach (var (name, value) in environment)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    public void Leave(LaunchOrder order)
    {
        if (!order.IsService)
        {
            _turn.Release();
        }
    }
}
