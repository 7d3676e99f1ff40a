namespace Toil.Agents;

/// <summary>Sets a worker's environment variables for one job after the other.</summary>
internal sealed class WorkerVariables
{
    private readonly bool _setsThreads = Environment.GetEnvironmentVariable(JobVariables.Threads) is null;

    /// <summary>Whether a library may hold on to accelerators that a job was given: the process can't have another job then.</summary>
    public bool IsSpent { get; private set; }

    public void Set(LaunchOrder order)
    {
        if (_setsThreads && JobVariables.ThreadsOf(order.Requirements) is var threads && Environment.GetEnvironmentVariable(JobVariables.Threads) != threads)
        {
            Environment.SetEnvironmentVariable(JobVariables.Threads, threads);
        }

        foreach (var (name, value) in JobVariables.OfAccelerators(order.Accelerators))
        {
            IsSpent = true;

            // For child processes, and for drivers that are loaded into this one: .NET keeps its own copy.
            Environment.SetEnvironmentVariable(name, value);
            _ = Libc.SetVariable(name, value, 1);
        }
    }
}
