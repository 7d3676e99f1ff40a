// The program that tests start: as a worker it runs the jobs in TestJobs, otherwise it is an agent, or a user of a node's cache, for tests to kill.
using Toil;
using Toil.TestWorker;

if (Environment.GetEnvironmentVariable("TEST_WORKER") is { Length: > 0 } misbehaviour)
{
    return await MisbehavingWorker.RunAsync(misbehaviour);
}

if (WorkerMode.IsWorker)
{
    return await WorkerMode.RunAsync((worker, order) => new FolderFileStore(worker.Store, worker.WorkDirectory, order.Attempt));
}

if (args is ["cache", var root, var store])
{
    return await CacheUser.RunAsync(root, store);
}

return await DoomedAgent.RunAsync(args);
