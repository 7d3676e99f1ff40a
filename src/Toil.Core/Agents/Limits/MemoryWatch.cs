namespace Toil.Agents;

/// <summary>Tells of jobs that used more memory than they asked for, once for each name: a workflow has many jobs of a kind.</summary>
internal sealed class MemoryWatch(Action<LaunchOrder, LogLevel, string> log)
{
    private readonly HashSet<string> _told = [];

    public void Ended(LaunchOrder order, ResourceUsage usage)
    {
        if (usage.PeakMemory > order.Requirements.Memory && IsNews(order.JobName))
        {
            log(order, LogLevel.Warning, $"It used {usage.PeakMemory} of memory, but asked for {order.Requirements.Memory}. Ask for as much as it needs, or others beside it may run out. More of that name aren't reported.");
        }
    }

    private bool IsNews(string name)
    {
        lock (_told)
        {
            return _told.Add(name);
        }
    }
}
