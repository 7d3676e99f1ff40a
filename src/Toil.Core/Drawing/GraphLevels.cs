using Toil.Jobs;

namespace Toil.Drawing;

/// <summary>In which order jobs can run: those of level 1 at once, those of each later one when some of the level before have ended.</summary>
internal static class GraphLevels
{
    private const int Moments = 3;

    /// <param name="graph">Without cycles.</param>
    /// <returns>The level of each node, in the order of nodes.</returns>
    public static int[] Of(WorkflowGraph graph)
    {
        var index = graph.Nodes.Select((node, at) => (node.Id, at)).ToDictionary();
        var next = new List<int>[graph.Nodes.Count * Moments];
        for (var at = 0; at < next.Length; at++)
        {
            next[at] = at % Moments < Moments - 1 ? [at + 1] : [];
        }

        // A child starts after its parent's run, which waits for its end; a follow-on after the children.
        foreach (var link in graph.Links)
        {
            var phase = link.Kind == EdgeKind.FollowOn ? 1 : 0;
            next[(index[link.From] * Moments) + phase].Add(index[link.To] * Moments);
            next[(index[link.To] * Moments) + 2].Add((index[link.From] * Moments) + phase + 1);
        }

        var levels = LongestPaths(next);
        return [.. graph.Nodes.Select((_, at) => levels[at * Moments])];
    }

    private static int[] LongestPaths(List<int>[] next)
    {
        var waits = new int[next.Length];
        foreach (var target in next.SelectMany(targets => targets))
        {
            waits[target]++;
        }

        var levels = new int[next.Length];
        var ready = new Queue<int>(Enumerable.Range(0, next.Length).Where(at => waits[at] == 0));
        foreach (var at in ready)
        {
            levels[at] = 1;
        }

        while (ready.TryDequeue(out var at))
        {
            foreach (var target in next[at])
            {
                levels[target] = Math.Max(levels[target], levels[at] + (target % Moments == 0 ? 1 : 0));
                if (--waits[target] == 0)
                {
                    ready.Enqueue(target);
                }
            }
        }

        return levels;
    }
}
