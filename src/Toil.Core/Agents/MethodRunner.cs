using Toil.Jobs;
using Toil.Values;

namespace Toil.Agents;

/// <summary>Runs C# jobs: in worker processes, and in the agent itself for inline ones.</summary>
internal sealed class MethodRunner : IJobRunner
{
    public static async Task<UnboundValue> RunMethodAsync(LaunchOrder order, JobContext context) =>
        ClrValues.Encode(await MethodJob.RunAsync(order.Code, ValueReader.Read(order.Arguments), context).ConfigureAwait(false));

    public static IServiceRunner OpenServiceMethods(LaunchOrder order, JobContext context) =>
        new MethodService(MethodJob.CreateService(order.Code, ValueReader.Read(order.Arguments), context));

    public Task<UnboundValue> RunAsync(LaunchOrder order, JobContext context) => RunMethodAsync(order, context);

    public IServiceRunner OpenService(LaunchOrder order, JobContext context) => OpenServiceMethods(order, context);

    public ErrorInfo Describe(Exception exception) => ErrorInfo.From(exception);

    public Task<bool> ResetAsync() => Task.FromResult(true);

    public ValueTask DisposeAsync() => default;

    private sealed class MethodService(IService service) : IServiceRunner
    {
        public async Task<UnboundValue> StartAsync(JobContext context) => ClrValues.Encode(await service.StartAsync(context).ConfigureAwait(false));

        public Task<bool> CheckAsync(JobContext context) => service.CheckAsync(context);

        public Task StopAsync(JobContext context) => service.StopAsync(context);
    }
}
