using Toil.Leader;
using Toil.Simulation.Model;
using Toil.Simulation.World;

namespace Toil.Simulation;

/// <summary>One workflow from its start to its end, through as many leaders as it takes.</summary>
internal sealed class SimulatedRun
{
    private const int MaxLeaders = 12;

    private readonly SimulatedWorld _world;
    private readonly long _crashAtStep;
    private readonly bool _isCalm;
    private bool _chanceHadASay;
    private bool _cutsPower;

    /// <param name="seed">Decides everything.</param>
    /// <param name="size">About how many jobs.</param>
    /// <param name="crashAtStep">Where the first leader dies, and nothing else goes wrong; null lets chance decide.</param>
    public SimulatedRun(int seed, int size, long? crashAtStep = null)
    {
        _world = new SimulatedWorld(seed, size);
        _crashAtStep = crashAtStep ?? 0;
        _isCalm = crashAtStep is not null;
        _cutsPower = _world.Random.Next(2) == 0;
    }

    public long Steps => _world.Steps;

    public int Jobs => _world.Model.Jobs.Count;

    public int Records => _world.Applied.Count;

    public void Execute()
    {
        var end = RunLeaders();
        CheckOutcome(end);
        if (end == WorkflowEnd.Succeeded)
        {
            ResumeFinished();
        }
    }

    private WorkflowEnd RunLeaders()
    {
        SimulatedLeader? dead = null;
        var patience = _world.Random.Next(1, 4);
        for (var leaders = 0; ; leaders++)
        {
            var leader = new SimulatedLeader(_world, Plan(leaders));
            try
            {
                var end = leader.Run();
                if (end == WorkflowEnd.Succeeded || (end == WorkflowEnd.Failed && (_isCalm || --patience == 0)))
                {
                    CheckValue(leader.Reactor, end);
                    return end;
                }
            }
            catch (LeaderKilledException)
            {
                // Of two leaders in a row, the one before the last may still be writing.
                dead?.WriteAsZombie();
                dead = leader;
                Crash();
            }

            _world.Reboot();
        }
    }

    private void Crash()
    {
        if (_cutsPower)
        {
            _world.Files.CutPower(_world.Random);
        }
        else
        {
            _world.Files.Restart();
        }

        _cutsPower = _world.Random.Next(2) == 0;
    }

    private FaultPlan Plan(int leaders)
    {
        if (_isCalm)
        {
            return leaders == 0 ? FaultPlan.None with { CrashAtStep = _crashAtStep, Snapshots = 100 } : FaultPlan.None;
        }

        var random = _world.Random;
        var plan = new FaultPlan
        {
            Attempts = random.Next(3) == 0 ? random.Next(200) : 0,
            Snapshots = random.Next(3) == 0 ? random.Next(500) : 0,
            EditedClasses = _world.Model.HasStarted && random.Next(3) == 0 ? [random.Next(3)] : [],
        };
        _chanceHadASay |= plan.Attempts > 0 || plan.EditedClasses.Count > 0;
        return leaders >= MaxLeaders
            ? plan
            : plan with
            {
                CrashAtStep = random.Next(3) > 0 ? random.Next(1, 10 + (_world.Model.Jobs.Count * 4)) : 0,
                CancelAfter = random.Next(4) == 0 ? random.Next(1, 600) : 0,
            };
    }

    /// <summary>What a sequential run of the same program leads to is what this run must have led to, unless chance had a say.</summary>
    private void CheckOutcome(WorkflowEnd end)
    {
        var sequential = SequentialRun.Of(_world.Scripts, _world.RetryCount, scriptClass => _world.Versions[scriptClass]);
        if (_chanceHadASay || sequential.AnyRefused || _world.Model.AnyRefused)
        {
            return;
        }

        Invariant.Holds((end == WorkflowEnd.Succeeded) == sequential.IsComplete, $"The run ended as {end}; run one by one, all complete: {sequential.IsComplete}.");
        Invariant.Holds(Text(sequential.FinalValue) == Text(_world.Model.FinalValue), "The value differs from that of a sequential run.");
        Invariant.Holds(Failed(sequential).SetEquals(Failed(_world.Model)), "Other jobs failed than in a sequential run.");
    }

    private void CheckValue(Reactor reactor, WorkflowEnd end)
    {
        if (end != WorkflowEnd.Succeeded)
        {
            return;
        }

        var expected = Text(_world.Model.FinalValue);
        Invariant.Holds(ValueOf(reactor) == expected, $"The workflow's value is {ValueOf(reactor)} instead of {expected}.");
    }

    /// <summary>Resuming a finished workflow runs nothing, returns the value again, and deletes what is still to be deleted.</summary>
    private void ResumeFinished()
    {
        _world.Reboot();
        var applied = _world.Model.Jobs.Count(job => job.IsCommitted);
        var leader = new SimulatedLeader(_world, FaultPlan.None);
        Invariant.Holds(leader.Run() == WorkflowEnd.Succeeded, "A finished workflow didn't end at once when resumed.");
        Invariant.Holds(applied == _world.Model.Jobs.Count(job => job.IsCommitted), "A finished workflow ran jobs when resumed.");
        CheckValue(leader.Reactor, WorkflowEnd.Succeeded);
        while (!_world.Clock.IsEmpty)
        {
            _world.Clock.Next();
        }

        CheckFiles();
    }

    private void CheckFiles()
    {
        var deleted = _world.Model.Jobs.SelectMany(job => job.Deleted).Select(file => file.Name).ToHashSet();
        foreach (var job in _world.Model.Jobs.Skip(1))
        {
            for (var i = 0; i < 2; i++)
            {
                var exists = _world.Store.Contains(SimulatedStore.KeyOf(job.Attempt, i));
                Invariant.Holds(exists != deleted.Contains($"{job.Id}#{i}"), $"File {i} of {job.Id} exists: {exists}.");
            }
        }
    }

    private static HashSet<string> Failed(ReferenceModel model) => [.. model.Jobs.Where(job => job.IsFailed).Select(job => job.Id)];

    private static string Text(ModelValue? value) => value?.ToString() ?? "not to be had";

    private static string ValueOf(Reactor reactor)
    {
        try
        {
            return ModelValues.Read(reactor.WorkflowValue()).ToString();
        }
        catch (ToilException)
        {
            return Text(null);
        }
    }
}
