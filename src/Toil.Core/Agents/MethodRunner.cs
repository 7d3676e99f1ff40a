using Toil.Jobs;
using Toil.Values;

namespace Toil.Agents;

/// <summary>Runs C# jobs: in worker processes, and in the agent itself for inline ones.</summary>
internal sealed class MethodRunner : IJobRunner
{
    public static async Task<UnboundValue> RunMethodAsync(LaunchOrder order, JobContext context) =>
        ClrValues.Encode(await MethodJob.RunAsync(order.Code, ValueReader.Read(order.Arguments), context).ConfigureAwait(false));

    public Task<UnboundValue> RunAsync(LaunchOrder order, JobContext context) => RunMethodAsync(order, context);

    public ErrorInfo Describe(Exception exception) => ErrorInfo.From(exception);

    public Task<bool> ResetAsync() => Task.FromResult(true);

    public ValueTask DisposeAsync() => default;
}
