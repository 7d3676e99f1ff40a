using System.Globalization;
using Toil.Simulation.Model;
using Toil.Values;

namespace Toil.Simulation.Scripts;

/// <summary>Makes the expressions of one script: its return value and the arguments of the jobs that it makes.</summary>
internal sealed class TemplateGenerator(Random random, ScriptGenerator scripts, ScriptGraph graph, string self, List<string> ids, List<bool> areCheckpoints)
{
    private const string MemoryKey = "mem";

    private readonly bool _isWorkflow = self == ScriptGenerator.Workflow;
    private readonly bool _isService = ScriptGenerator.IsService(self);
    private readonly bool _isPlanner = scripts.IsPlanner(self);

    /// <summary>Who uses whose promise although no link orders them.</summary>
    private readonly List<(int Producer, int Consumer)> _early = [];

    /// <summary>Who must be made before whom.</summary>
    private readonly List<(int Producer, int Consumer)> _made = [];

    private static readonly string[] ArgumentKeys = ["x", "y", "z"];

    /// <summary>Promising a job's value once keeps resolved values as large as the workflow, not exponentially larger.</summary>
    private readonly HashSet<int> _returned = [];

    /// <summary>Whether, on purpose, some argument is a promise that can't be known in time, or jobs await each other.</summary>
    public bool IsInvalid => graph.HasCycle() || _early.Exists(pair => !graph.IsOrdered(pair.Producer, pair.Consumer));

    public Template Value() => random.Next(4) switch
    {
        0 => Scalar(),
        1 => Returned(),
        2 => new Template.Items([.. Enumerable.Range(0, random.Next(4)).Select(_ => Returned())]),
        _ => new Template.Entries([
            KeyValuePair.Create("a", Scalar()), KeyValuePair.Create("b", Returned()), KeyValuePair.Create("list", (Template)List()),
            KeyValuePair.Create(MemoryKey, (Template)new Template.Literal((1L + random.Next(3)) << 30))]),
    };

    /// <summary>The promise of a part that says how much memory to ask for; null when no job before this one returns one.</summary>
    public Template.Promised? Memory(int job) => Enumerable.Range(0, ids.Count)
        .Where(producer => graph.IsOrdered(producer, job) && scripts[ids[producer]].Value is Template.Entries)
        .Select(producer => new Template.Promised(producer, [PathStep.Name(MemoryKey)]))
        .FirstOrDefault();

    public Template Arguments(int job, Template value) => new Template.Entries(
        [.. ArgumentKeys.Take(random.Next(4)).Select(key => KeyValuePair.Create(key, Argument(job, value, depth: 0)))]);

    /// <summary>A part of the running job's arguments. Promises in it that were handed to the job can only be awaited.</summary>
    private Template OwnArgument(int? consumer, string? key) => !_isPlanner || consumer is null || scripts.Awaits(ids[consumer.Value])
        ? new Template.Argument(key, HandsOn: consumer is { } planner && scripts.IsPlanner(ids[planner]))
        : Literal();

    private Template.Items List() => new([.. Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(3) == 0 ? Returned() : Scalar())]);

    private Template Scalar(int? consumer = null) => random.Next(6) switch
    {
        0 => OwnArgument(consumer, ArgumentKeys[random.Next(3)]),
        1 => OwnArgument(consumer, null),
        2 when !_isService => new Template.NewFile(random.Next(2)),
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
        if (!_isWorkflow && !_isService && scripts.Mistakes(random, 40))
        {
            return new Template.Promised(JobScript.Self, random.Next(2) == 0 ? [] : [PathStep.Name("a")]);
        }

        var job = random.Next(ids.Count + 1);
        return job < ids.Count && !graph.IsService(job) && _returned.Add(job) ? new Template.Promised(job, PathInto(scripts[ids[job]].Value, scripts[ids[job]], out _)) : Scalar();
    }

    private Template Argument(int job, Template value, int depth) => random.Next(10) switch
    {
        < 3 => Scalar(job),
        9 when depth < 2 => new Template.Items([.. Enumerable.Range(0, random.Next(3)).Select(_ => Argument(job, value, depth + 1))]),
        _ when scripts.Awaits(ids[job]) && random.Next(4) > 0 => Awaited(job),
        _ => PromiseFor(job, value),
    };

    /// <summary>A promise of any other job of the script: the consumer, or who gets it from there, waits for it.</summary>
    private Template Awaited(int job)
    {
        var producer = random.Next(ids.Count);
        var kind = scripts.IsPlanner(ids[job]) ? (GapKind)random.Next(3) : GapKind.Whole;
        if (graph.IsService(producer) || MayBeUndone(producer) || !CanBeMade(producer, job))
        {
            return Literal();
        }

        if (!graph.TryAwait(producer, job, isHanded: kind == GapKind.Reference))
        {
            if (_isWorkflow || !scripts.Mistakes(random, 100))
            {
                return Literal();
            }

            if (kind != GapKind.Reference)
            {
                graph.AwaitAnyway(producer, job);
            }
        }

        _made.Add((producer, job));
        return new Template.Promised(producer, PathInto(scripts[ids[producer]].Value, scripts[ids[producer]], out _), kind);
    }

    /// <summary>Whether what a job leads to may be undone when it has been used: who awaits it isn't linked behind the checkpoint.</summary>
    private bool MayBeUndone(int producer) => areCheckpoints[producer] || scripts.HasCheckpoint(ids[producer]);

    /// <summary>A job can't be made before those whose promises it takes, so mistakes that need that can't be made either.</summary>
    private bool CanBeMade(int producer, int consumer)
    {
        var seen = new HashSet<int>([consumer]);
        var pending = new Stack<int>(seen);
        while (pending.TryPop(out var made))
        {
            foreach (var (_, next) in _made.Where(pair => pair.Producer == made && seen.Add(pair.Consumer)))
            {
                pending.Push(next);
            }
        }

        return !seen.Contains(producer);
    }

    private Template PromiseFor(int job, Template value)
    {
        var producer = random.Next(_isWorkflow ? 0 : -1, ids.Count);
        if (producer == JobScript.Self)
        {
            var known = PathInto(value, null, out var isKnown);
            return isKnown || scripts.Mistakes(random, 40) ? new Template.Promised(producer, known) : Literal();
        }

        if (graph.IsOrdered(job, producer) || !CanBeMade(producer, job) || (scripts.Awaits(ids[job]) && MayBeUndone(producer)))
        {
            return Literal();
        }

        // What leads beyond the jobs that follow the producer may be known at any time.
        if (scripts.Leaks(ids[producer]))
        {
            return Literal();
        }

        if (!graph.IsOrdered(producer, job))
        {
            if (_isWorkflow || scripts.Awaits(ids[job]) || _early.Count > 0 || !scripts.Mistakes(random, 300))
            {
                return Literal();
            }

            _early.Add((producer, job));
        }

        // What follows the producer may not have run when the consumer starts: then only what it knew itself will do.
        var path = PathInto(scripts[ids[producer]].Value, scripts[ids[producer]], out var isKnownEarly);
        if (!isKnownEarly && _early.Count == 0 && !graph.IsOrderedAfterAll(producer, job) && !scripts.Mistakes(random, 40))
        {
            return Literal();
        }

        _made.Add((producer, job));
        return new Template.Promised(producer, path);
    }

    /// <summary>A path that mostly leads somewhere, also through promises that the target holds.</summary>
    /// <param name="target">Where it starts.</param>
    /// <param name="owner">The script whose value that is; null when its jobs aren't decided yet.</param>
    /// <param name="isKnownEarly">Whether what it leads to is known as soon as the owner has run.</param>
    private List<PathStep> PathInto(Template target, JobScript? owner, out bool isKnownEarly)
    {
        var path = new List<PathStep>();
        isKnownEarly = true;
        while (random.Next(4) > 0)
        {
            while (owner is not null && target is Template.Promised { Path.Count: 0, Job: >= 0 } inner)
            {
                owner = scripts[owner.Jobs[inner.Job].Id];
                target = owner.Value;
                isKnownEarly = false;
            }

            if (Step(target) is not var (step, part))
            {
                break;
            }

            path.Add(step);
            target = part;
        }

        isKnownEarly &= !HoldsPromise(target) && !(owner is null && _isPlanner && HoldsArgument(target));
        if (scripts.Mistakes(random, 100))
        {
            path.Add(PathStep.Index(7));
        }

        return path;
    }

    private static bool HoldsArgument(Template template) => template switch
    {
        Template.Argument => true,
        Template.Items items => items.Nodes.Any(HoldsArgument),
        Template.Entries entries => entries.Nodes.Any(entry => HoldsArgument(entry.Value)),
        _ => false,
    };

    private static bool HoldsPromise(Template template) => template switch
    {
        Template.Promised => true,
        Template.Items items => items.Nodes.Any(HoldsPromise),
        Template.Entries entries => entries.Nodes.Any(entry => HoldsPromise(entry.Value)),
        _ => false,
    };

    private (PathStep Step, Template Part)? Step(Template target)
    {
        switch (target)
        {
            case Template.Items { Nodes.Count: > 0 } items when random.Next(3) == 0:
                var from = random.Next(-items.Nodes.Count, items.Nodes.Count);
                return (PathStep.Slice(from, random.Next(2) == 0 ? long.MaxValue : from + 2), new Template.Items([.. items.Nodes.Where(HoldsPromise).Take(1)]));
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
