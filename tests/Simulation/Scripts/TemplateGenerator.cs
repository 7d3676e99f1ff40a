using System.Globalization;
using Toil.Values;

namespace Toil.Simulation.Scripts;

/// <summary>Makes the expressions of one script: its return value and the arguments of the jobs that it makes.</summary>
internal sealed class TemplateGenerator(Random random, ScriptGenerator scripts, ScriptGraph graph, List<string> ids, bool isWorkflow)
{
    private static readonly string[] ArgumentKeys = ["x", "y", "z"];

    /// <summary>Promising a job's value once keeps resolved values as large as the workflow, not exponentially larger.</summary>
    private readonly HashSet<int> _returned = [];

    /// <summary>Whether some argument is, on purpose, a promise that can't be known in time.</summary>
    public bool HasEarlyPromise { get; private set; }

    public Template Value() => random.Next(4) switch
    {
        0 => Scalar(),
        1 => Returned(),
        2 => new Template.Items([.. Enumerable.Range(0, random.Next(4)).Select(_ => Returned())]),
        _ => new Template.Entries([KeyValuePair.Create("a", Scalar()), KeyValuePair.Create("b", Returned()), KeyValuePair.Create("list", (Template)List())]),
    };

    public Template Arguments(int job, Template value) => new Template.Entries(
        [.. ArgumentKeys.Take(random.Next(4)).Select(key => KeyValuePair.Create(key, Argument(job, value, depth: 0)))]);

    private Template.Items List() => new([.. Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(3) == 0 ? Returned() : Scalar())]);

    private Template Scalar() => random.Next(6) switch
    {
        0 => new Template.Argument(ArgumentKeys[random.Next(3)]),
        1 => new Template.Argument(null),
        2 => new Template.NewFile(random.Next(2)),
        _ => Literal(),
    };

    private Template.Literal Literal() => new(random.Next(5) switch
    {
        0 => null,
        1 => true,
        2 => random.NextInt64() >> random.Next(64),
        3 => random.Next(1000) / 8.0,
        _ => random.Next(100).ToString(CultureInfo.InvariantCulture),
    });

    private Template Returned()
    {
        if (!isWorkflow && random.Next(40) == 0)
        {
            return new Template.Promised(JobScript.Self, random.Next(2) == 0 ? [] : [PathStep.Name("a")]);
        }

        var job = random.Next(ids.Count + 1);
        return job < ids.Count && _returned.Add(job) ? new Template.Promised(job, PathInto(scripts[ids[job]].Value)) : Scalar();
    }

    private Template Argument(int job, Template value, int depth) => random.Next(10) switch
    {
        < 3 => Scalar(),
        9 when depth < 2 => new Template.Items([.. Enumerable.Range(0, random.Next(3)).Select(_ => Argument(job, value, depth + 1))]),
        _ => PromiseFor(job, value),
    };

    private Template PromiseFor(int job, Template value)
    {
        var producer = random.Next(isWorkflow ? 0 : -1, ids.Count);
        if (producer == JobScript.Self)
        {
            return new Template.Promised(producer, PathInto(value));
        }

        // A job can't be made before those whose promises it takes, so mistakes that need that can't be made either.
        if (producer == job || graph.IsOrdered(job, producer))
        {
            return Literal();
        }

        if (!graph.IsOrdered(producer, job))
        {
            if (isWorkflow || HasEarlyPromise || random.Next(300) > 0)
            {
                return Literal();
            }

            HasEarlyPromise = true;
        }

        return new Template.Promised(producer, PathInto(scripts[ids[producer]].Value));
    }

    /// <summary>A path that mostly leads somewhere.</summary>
    private List<PathStep> PathInto(Template target)
    {
        var path = new List<PathStep>();
        while (random.Next(3) > 0 && Step(target) is var (step, part))
        {
            path.Add(step);
            target = part;
        }

        if (random.Next(100) == 0)
        {
            path.Add(PathStep.Index(7));
        }

        return path;
    }

    private (PathStep Step, Template Part)? Step(Template target)
    {
        switch (target)
        {
            case Template.Items { Nodes.Count: > 0 } items when random.Next(3) == 0:
                var from = random.Next(-items.Nodes.Count, items.Nodes.Count);
                return (PathStep.Slice(from, random.Next(2) == 0 ? long.MaxValue : from + 2), new Template.Literal(null));
            case Template.Items { Nodes.Count: > 0 } items:
                var index = random.Next(items.Nodes.Count);
                return (PathStep.Index(random.Next(2) == 0 ? index : index - items.Nodes.Count), items.Nodes[index]);
            case Template.Entries entries:
                var (key, node) = entries.Nodes[random.Next(entries.Nodes.Count)];
                return (PathStep.Name(key), node);
            default:
                return null;
        }
    }
}
