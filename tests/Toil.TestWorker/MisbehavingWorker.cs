using Toil.Agents;

namespace Toil.TestWorker;

/// <summary>Workers that do what workers shouldn't.</summary>
internal static class MisbehavingWorker
{
    public static async Task<int> RunAsync(string how)
    {
        switch (how)
        {
            case "die":
                Console.Error.WriteLine("no license found");
                return 7;
            case "silent":
                await Task.Delay(Timeout.Infinite);
                return 0;
            default:
                await WorkerHost.RunAsync(new SoilingRunner(), (worker, order) => new FolderFileStore(worker.Store, worker.WorkDirectory, order.Attempt));
                return 0;
        }
    }

    /// <summary>Says after each job that it can't be restored.</summary>
    private sealed class SoilingRunner : IJobRunner
    {
        private readonly MethodRunner _methods = new();

        public Task<Values.UnboundValue> RunAsync(LaunchOrder order, JobContext context) => _methods.RunAsync(order, context);

        public IServiceRunner OpenService(LaunchOrder order, JobContext context) => _methods.OpenService(order, context);

        public ErrorInfo Describe(Exception exception) => _methods.Describe(exception);

        public Task<bool> ResetAsync() => Task.FromResult(false);

        public ValueTask DisposeAsync() => _methods.DisposeAsync();
    }
}
