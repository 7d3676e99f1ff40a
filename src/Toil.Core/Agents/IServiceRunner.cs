using Toil.Values;

namespace Toil.Agents;

/// <summary>The worker's side of a vehicle for one service. Its members are called one at a time.</summary>
internal interface IServiceRunner
{
    /// <inheritdoc cref="IService.StartAsync"/>
    Task<UnboundValue> StartAsync(JobContext context);

    /// <inheritdoc cref="IService.CheckAsync"/>
    Task<bool> CheckAsync(JobContext context);

    /// <inheritdoc cref="IService.StopAsync"/>
    Task StopAsync(JobContext context);
}
