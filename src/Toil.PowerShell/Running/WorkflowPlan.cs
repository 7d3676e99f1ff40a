using System.Globalization;
using Toil.Drawing;
using Toil.Graph;
using Toil.Jobs;

namespace Toil.Running;

/// <summary>What a start would do, said without doing it: imports, then jobs by level, alike ones together.</summary>
internal static class WorkflowPlan
{
    /// <summary>The steps, in order: what is done to what.</summary>
    /// <exception cref="JobGraphException">Its links form a cycle.</exception>
    public static IEnumerable<(string Action, string Target)> Describe(IReadOnlyList<Job> jobs, Requirements defaults)
    {
        var graph = JobGraph.Collect(jobs, owner: null);
        var implied = ImplicitOrder.Links(jobs, owner: null);
        var imports = graph.Jobs.SelectMany(job => job.Arguments.Holes).OfType<PendingImport>().ToList();
        foreach (var url in imports.Select(import => import.Url).Distinct())
        {
            yield return ("Import", url);
        }

        // What stands in for the producer of an import is no job of the workflow.
        var standIns = imports.Select(import => import.Producer).ToHashSet();

        ThrowIfCyclic(graph);
        var drawn = WorkflowGraph.Of(graph, implied);
        var levels = GraphLevels.Of(drawn);
        var before = implied.Concat(graph.Jobs.SelectMany(job => job.Predecessors.Select(predecessor => (Predecessor: predecessor, Consumer: job)))).ToLookup(link => link.Consumer, link => link.Predecessor.Name);
        var steps = graph.Jobs.Zip(levels)
            .Where(pair => !standIns.Contains(pair.First))
            .GroupBy(pair => (Level: pair.Second, pair.First.Name, Asks: pair.First.Request.Resolve(defaults), After: string.Join(", ", before[pair.First].Distinct().Order(StringComparer.Ordinal).Select(name => $"'{name}'"))))
            .OrderBy(group => group.Key.Level);
        foreach (var step in steps)
        {
            var count = step.Count();
            yield return ("Run", string.Create(
                CultureInfo.InvariantCulture,
                $"level {step.Key.Level}: {(count == 1 ? "job" : $"{count} jobs")} '{step.Key.Name}'{(step.Key.After.Length > 0 ? $" after {step.Key.After}" : "")} ({step.Key.Asks})"));
        }
    }

    private static void ThrowIfCyclic(JobGraph graph)
    {
        var cycle = new AugmentedGraph(graph).FindCycle();
        if (cycle.Count > 0)
        {
            throw new JobGraphException([$"These jobs wait for each other: {string.Join(" → ", cycle.Append(cycle[0]).Select(job => $"'{job.Name}'"))}. Remove one of the links between them."]);
        }
    }
}
