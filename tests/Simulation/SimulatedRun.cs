using Toil.Journaling;
using Toil.Leader;
using Toil.Simulation.Model;
using Toil.Simulation.World;

namespace Toil.Simulation;

/// <summary>One workflow from its start to its end, through as many leaders as it takes.</summary>
internal sealed class SimulatedRun
{
    private const int MaxLeaders = 12;

    private readonly SimulatedWorld _world;
    private readonly SimulationCase _case;
    private readonly List<SimulatedLeader> _suspended = [];
    private bool _chanceEditedCode;
    private bool _cutsPower;

    public SimulatedRun(SimulationCase simulation)
    {
        _case = simulation;
        _world = new SimulatedWorld(simulation.Seed, simulation.Size, simulation.Bug) { Trace = simulation.Trace };
        _cutsPower = _world.Random.Next(2) == 0;
    }

    /// <summary>How many steps the leaders took that may meet faults.</summary>
    public long Steps { get; private set; }

    public int Jobs => _world.Model.Jobs.Count - 1;

    public int Records => _world.Applied.Count;

    public Tally Tally => _world.Tally;

    public void Execute()
    {
        LeadThroughFaults();
        Steps = _world.Steps;
        EnsureFault();
        var end = LeadInPeace();
        CheckOutcome(end);
        CheckResumed(end);
    }

    private bool IsCalm => _case.CrashAtStep is not null;

    /// <summary>Leaders that die, are stopped or give up, one after the other.</summary>
    private void LeadThroughFaults()
    {
        var patience = _world.Random.Next(1, 4);
        for (var leaders = 0; leaders < MaxLeaders; leaders++)
        {
            var end = Lead(Plan(leaders));
            if (end == WorkflowEnd.Succeeded || (end is not null && IsCalm) || (end == WorkflowEnd.Failed && --patience == 0))
            {
                return;
            }
        }
    }

    /// <summary>Whatever chance has spared so far meets a fault and a kill when it is taken over: each leader takes so many steps at least.</summary>
    private void EnsureFault()
    {
        if (!IsCalm && (_world.Tally.Kills == 0 || _world.Tally.Faults.Count == 0))
        {
            Lead(FaultPlan.None with { CrashAtStep = _world.Random.Next(2, 4), Store = StoreFault.Random(_world.Random, 1) });
        }
    }

    /// <summary>A leader that meets no faults.</summary>
    private WorkflowEnd LeadInPeace()
    {
        while (_suspended.Count > 0)
        {
            WakeOne();
        }

        _world.Worker.IsCalm = true;
        _world.Cluster?.Calm();
        return Lead(FaultPlan.None) ?? throw new SimulationException("A leader died of nothing.");
    }

    /// <returns>How the workflow ended; null when the leader did before.</returns>
    private WorkflowEnd? Lead(FaultPlan plan)
    {
        _world.Reboot();
        if (_suspended.Count > 0)
        {
            _world.Clock.After(_world.Random.Next(300), WakeOne);
        }

        _world.Trace?.Invoke($"A leader begins: {plan}");
        _world.Options = _world.Options with { MaxServices = plan.MaxServices, MaxPreemptibleServices = plan.MaxPreemptibleServices };
        var leader = new SimulatedLeader(_world, plan);
        try
        {
            var end = leader.Run();
            if (end == WorkflowEnd.Succeeded)
            {
                CheckValue(leader.Reactor);
            }

            return end;
        }
        catch (LeaderKilledException)
        {
            leader.Die();
            CutPowerSometimes();
        }
        catch (LeaderPausedException)
        {
            _world.Tally.Fault("LeaderSuspended");
            _suspended.Add(leader);
        }
        catch (Exception error) when (leader.IsDiskBroken && error is IOException or JournalFailedException or JournalFencedException)
        {
            leader.Die();
        }

        _world.Trace?.Invoke("The leader is gone.");
        _world.Tally.Kills++;
        return null;
    }

    private void WakeOne()
    {
        if (_suspended.Count > 0)
        {
            var leader = _suspended[^1];
            _suspended.RemoveAt(_suspended.Count - 1);
            leader.Wake();
        }
    }

    private void CutPowerSometimes()
    {
        if (_cutsPower)
        {
            _world.Tally.Fault("PowerCut");
            _world.Disk.CutPower(_world.Random);
        }

        _cutsPower = _world.Random.Next(2) == 0;
    }

    private FaultPlan Plan(int leaders)
    {
        if (IsCalm)
        {
            return leaders == 0 ? FaultPlan.None with { CrashAtStep = _case.CrashAtStep!.Value, Snapshots = 100 } : FaultPlan.None;
        }

        var random = _world.Random;
        var steps = 10 + (_case.Size * 4);
        var plan = new FaultPlan
        {
            Attempts = random.Next(3) == 0 ? random.Next(200) : 0,
            FaultAtLaunch = _world.Tally.Faults.Count == 0 ? random.Next(1, 2 + (_case.Size / 2)) : 0,
            Store = random.Next(3) == 0 ? StoreFault.Random(random, steps / 4) : null,
            Snapshots = random.Next(3) == 0 ? random.Next(500) : 0,
            MaxServices = random.Next(4) == 0 ? random.Next(1, 5) : long.MaxValue,
            MaxPreemptibleServices = random.Next(4) == 0 ? random.Next(1, 3) : long.MaxValue,
            ServicesTakeRoom = random.Next(2) == 0,
            EditedClasses = _world.Model.HasStarted && random.Next(8) == 0 ? [random.Next(3)] : [],
            CrashAtStep = random.Next(3) > 0 ? random.Next(1, steps) : 0,
            PauseAtStep = random.Next(4) == 0 && _world.Cluster is null ? random.Next(1, steps) : 0,
            CancelAfter = random.Next(6) == 0 ? random.Next(1, 600) : 0,
        };
        _chanceEditedCode |= plan.EditedClasses.Count > 0;
        return plan;
    }

    /// <summary>
    /// What a sequential run of the same program leads to is what this run must have led to: whatever went wrong by
    /// chance was made good by a leader in peace. Only code that was edited between may have had two effects.
    /// </summary>
    private void CheckOutcome(WorkflowEnd end)
    {
        var sequential = SequentialRun.Of(_world.Scripts, _world.RetryCount, scriptClass => _world.Versions[scriptClass]);
        if (_chanceEditedCode || sequential.AnyRefused || _world.Model.AnyRefused)
        {
            return;
        }

        _world.Tally.WasCompared = true;
        Invariant.Holds((end == WorkflowEnd.Succeeded) == sequential.IsComplete, $"The run ended as {end}; run one by one, all complete: {sequential.IsComplete}.");
        Invariant.Holds(Text(sequential.FinalValue) == Text(_world.Model.FinalValue), "The value differs from that of a sequential run.");
        Invariant.Holds(Failed(sequential).SetEquals(Failed(_world.Model)), "Other jobs failed than in a sequential run.");
    }

    private void CheckValue(Reactor reactor)
    {
        var expected = Text(_world.Model.FinalValue);
        Invariant.Holds(ValueOf(reactor) == expected, $"The workflow's value is {ValueOf(reactor)} instead of {expected}.");
    }

    /// <summary>Resuming a finished workflow runs nothing, returns the value again, and deletes what is still to be deleted.</summary>
    private void CheckResumed(WorkflowEnd end)
    {
        var committed = Committed();
        var again = LeadInPeace();
        Invariant.Holds(again == end || (end == WorkflowEnd.Failed && _world.Model.AnyRefused), $"A workflow that ended as {end} ended otherwise when resumed.");

        // A job that was refused what its promises lead to may have it in another order of events.
        Invariant.Holds((end == WorkflowEnd.Failed && _world.Model.AnyRefused) || committed == Committed(), "A finished workflow ran jobs when resumed.");
        while (!_world.Clock.IsEmpty)
        {
            _world.Clock.Next();
        }

        CheckFiles();
    }

    /// <summary>Exactly the files are left that committed jobs have written and none has deleted, and perhaps those of attempts that may still commit.</summary>
    private void CheckFiles()
    {
        var expected = new HashSet<string>();
        var due = _world.Model.DueDeletes();
        foreach (var job in _world.Model.Jobs.Skip(1).Where(job => job.IsCommitted && !job.Made.IsService))
        {
            for (var i = 0; i < 2; i++)
            {
                if (!due.Contains($"{job.Id}#{i}"))
                {
                    expected.Add(SimulatedStore.KeyOf(job.Attempt, i));
                }
            }
        }

        var open = _world.OpenAtEnd.SelectMany(attempt => Enumerable.Range(0, 2).Select(i => SimulatedStore.KeyOf(attempt, i)));
        Invariant.Holds(
            expected.SetEquals(_world.Store.Keys.Where(key => expected.Contains(key) || !open.Contains(key))),
            $"Files left: {string.Join(", ", _world.Store.Keys.Except(expected).Select(Describe))}. Files missing: {string.Join(", ", expected.Except(_world.Store.Keys).Select(Describe))}.");
    }

    private int Committed() => _world.Model.Jobs.Count(job => job.IsCommitted && !job.Made.IsService);

    private string Describe(string key) => $"{_world.NameOf(key)} ({key})";

    /// <summary>Of several services of one job that would fail, any one that does stops the others.</summary>
    private static HashSet<string> Failed(ReferenceModel model) =>
        [.. model.Jobs.Where(job => job.IsFailed).Select(job => job.Made.IsService ? $"a service of {ReferenceModel.OwnerOf(job).Id}" : job.Id)];

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
