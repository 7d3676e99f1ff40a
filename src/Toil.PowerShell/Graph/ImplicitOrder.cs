using Toil.Jobs;
using Toil.Running;

namespace Toil.Graph;

/// <summary>
/// A job used as an argument also orders its consumer after the producer and everything that follows the producer,
/// unless an explicit link orders them already.
/// </summary>
internal static class ImplicitOrder
{
    /// <param name="seeds">The jobs that a script made.</param>
    /// <param name="owner">The running job that made them; null when a workflow starts.</param>
    public static void Apply(IEnumerable<Job> seeds, Job? owner)
    {
        foreach (var (predecessor, consumer) in Links(seeds, owner))
        {
            predecessor.AddFollowOn(consumer);
        }
    }

    /// <summary>The links that are missing: each consumer becomes a follow-on of its predecessor.</summary>
    public static IReadOnlyList<(Job Predecessor, Job Consumer)> Links(IEnumerable<Job> seeds, Job? owner)
    {
        var graph = JobGraph.Collect(seeds, owner);
        var consumers = graph.Jobs.Where(job => job.Arguments.Holes.Length > 0 || job.Promised is not null).ToList();
        if (consumers.Count == 0)
        {
            return [];
        }

        // Decided on the explicit links alone, so that the outcome doesn't hang on the order of the consumers.
        var explicitOrder = new AugmentedGraph(graph);
        var missing = new List<(Job Producer, Job Consumer)>();
        foreach (var consumer in consumers)
        {
            // What is imported is there before any job starts.
            var producers = consumer.Arguments.Holes.Concat(consumer.Promised?.Promises ?? [])
                .Where(promise => promise is not PendingImport).Select(promise => promise.Group ?? promise.Producer).Distinct();
            missing.AddRange(producers.Where(producer => IsMissing(producer, consumer)).Select(producer => (producer, UserOf(consumer))));
        }

        bool IsMissing(Job producer, Job consumer) =>
            !producer.IsService && graph.Contains(producer) && producer != consumer && !explicitOrder.IsOrdered(producer, UserOf(consumer));

        return [.. missing.SelectMany(pair => After(pair.Producer, pair.Consumer)).Distinct()];
    }

    /// <summary>A service starts when the job that owns it has run, so that is what must wait for the service's arguments.</summary>
    private static Job UserOf(Job consumer)
    {
        var user = consumer;
        while (user.IsService && user.Predecessors.FirstOrDefault() is { } owner)
        {
            user = owner;
        }

        return user;
    }

    /// <summary>The jobs that the consumer must follow: the producer, and down its explicit follow-ons, each of which would else run beside it.</summary>
    private static IEnumerable<(Job Predecessor, Job Consumer)> After(Job producer, Job consumer)
    {
        var pending = new Stack<Job>([producer]);
        var seen = new HashSet<Job>();
        while (pending.TryPop(out var job))
        {
            if (!seen.Add(job))
            {
                continue;
            }

            yield return (job, consumer);
            foreach (var followOn in job.FollowOns)
            {
                if (!DependsOn(followOn, consumer))
                {
                    pending.Push(followOn);
                }
            }
        }
    }

    /// <summary>Whether a job can start only after the consumer, by links or by promises, or is the consumer.</summary>
    private static bool DependsOn(Job job, Job consumer)
    {
        var pending = new Stack<Job>([job]);
        var seen = new HashSet<Job>();
        while (pending.TryPop(out var next))
        {
            if (ReferenceEquals(next, consumer))
            {
                return true;
            }

            if (seen.Add(next))
            {
                Push(pending, next.Arguments.Holes.Select(promise => promise.Producer));
                foreach (var (from, kind) in next.Incoming)
                {
                    pending.Push(from);
                    Push(pending, kind == EdgeKind.FollowOn ? Subtrees(from.Children) : []);
                }
            }
        }

        return false;
    }

    private static HashSet<Job> Subtrees(IEnumerable<Job> roots)
    {
        var found = new HashSet<Job>();
        var pending = new Stack<Job>(roots);
        while (pending.TryPop(out var job))
        {
            if (found.Add(job))
            {
                Push(pending, job.Children);
                Push(pending, job.FollowOns);
            }
        }

        return found;
    }

    private static void Push(Stack<Job> pending, IEnumerable<Job> jobs)
    {
        foreach (var job in jobs)
        {
            pending.Push(job);
        }
    }
}
