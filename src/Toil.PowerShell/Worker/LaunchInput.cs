using Toil.Agents;
using Toil.Scripting;

namespace Toil.Worker;

/// <summary>What one run of a job gets.</summary>
internal sealed record LaunchInput(JobContext Context, string Directory, object?[] Positional, Dictionary<string, object?> Captured)
{
    public static LaunchInput Of(LaunchOrder order, JobContext context)
    {
        var (positional, captured) = ScriptArguments.Decode(order.Arguments);
        return new LaunchInput(context, context.TempDirectory, positional, captured);
    }
}
