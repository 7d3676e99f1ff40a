namespace Toil.Worker;

/// <summary>Where a <c>pwsh</c> process becomes a worker; the loader calls it by name.</summary>
internal static class WorkerEntry
{
    public static int Run(string[] arguments)
    {
        if (!WorkerMode.IsWorkerFor(arguments))
        {
            throw new ToilException("Only a workflow's agent or batch system starts this script.");
        }

        if (!WorkerMode.IsWorker)
        {
            return WorkerMode.RunAsync(arguments).GetAwaiter().GetResult();
        }

        ChildProcesses.AdoptOrphans();
        var runner = new ScriptRunner();
        _ = runner.WarmUpAsync();
        var openFiles = WorkerFiles.ForWorker();
        NodeCode? code = null;
        return WorkerMode.RunAsync(runner, (environment, order) =>
        {
            code ??= NodeCode.Current = NodeCode.OpenAsync(environment.Store, environment.WorkDirectory).GetAwaiter().GetResult();
            return openFiles(environment, order);
        }).GetAwaiter().GetResult();
    }
}
