using Toil.Agents;
using Toil.BatchSystems;
using Xunit;

namespace Toil.Tests.BatchSystems;

public sealed class SingleMachineTests : IAsyncDisposable
{
    private readonly RecordingAgent _agent = new();
    private readonly SingleMachine _machine;

    public SingleMachineTests() => _machine = new SingleMachine(_agent, new ResourceAmount(2000, 100, 100));

    public ValueTask DisposeAsync() => _machine.DisposeAsync();

    [Fact]
    public void StartWhatFits_MoreIsQueuedThanFits_LaunchesWhatFits()
    {
        Issue(1, 1.5);
        Issue(2, 0.4);
        Issue(3, 0.4);
        Start();
        Assert.Equal([3, 2], _agent.Launched);
        Assert.False(_machine.IsStarved);
        Assert.Equal("1 jobs wait until 1.5 cores, 10 B memory, 10 B disk are free; 2 running jobs leave 1.2 cores, 80 B memory, 80 B disk.", _machine.WhatHoldsJobsUp());
    }

    [Fact]
    public void StartWhatFits_AttemptCanNotBeLaunchedAfterAll_FreesItsResources()
    {
        Issue(1, 2);
        _machine.StartWhatFits(_ => null);
        Assert.Empty(_agent.Launched);
        Issue(2, 2);
        Start();
        Assert.Equal([2], _agent.Launched);
    }

    [Fact]
    public void IsStarved_SomeCapacityIsFreeAndNothingQueued_True()
    {
        Assert.True(_machine.IsStarved);
        Issue(1, 2);
        Assert.False(_machine.IsStarved);
        Start();
        Assert.False(_machine.IsStarved);
        _machine.Ended(new AttemptId(1, 1, 1));
        Assert.True(_machine.IsStarved);
    }

    [Fact]
    public void Kill_QueuedAndRunning_ReachesTheAgentForTheRunningOne()
    {
        Issue(1, 2);
        Start();
        Issue(2, 2);
        _machine.Kill(new AttemptId(1, 1, 1));
        _machine.Kill(new AttemptId(2, 1, 2));
        Assert.Equal([1], _agent.Killed);
        Assert.Null(_machine.WhatHoldsJobsUp());
    }

    [Fact]
    public void WhatHoldsJobsUp_RequestIsLargerThanTheMachine_SaysSo()
    {
        Assert.Equal(new Requirements(2, 100, 100), _machine.Largest);
        Issue(1, 3);
        Start();
        Assert.StartsWith("1 jobs ask for more than this machine has (2 cores", _machine.WhatHoldsJobsUp(), StringComparison.Ordinal);
    }

    [Fact]
    public void MachineSize_OfThisMachine_IsWhatItCanUse()
    {
        var size = MachineSize.Of(Path.GetTempPath());
        Assert.Equal(Environment.ProcessorCount * 1000, size.MilliCores);
        Assert.InRange(size.Memory, 1 << 20, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes * 2);
        Assert.True(size.Disk > 0);
        Assert.Equal(new ResourceAmount(500, 7, size.Disk), size.Limit(0.5, 7, null));
    }

    [Fact]
    public async Task StartWhatFits_Accelerators_AreHandedOutAndTakenBack()
    {
        await using var machine = new SingleMachine(
            _agent, new ResourceAmount(9000, 900, 900), [new("nvidia-k80", "0"), new("amd", "0"), new("nvidia-k80", "1")]);
        Assert.Equal("amd:1,nvidia-k80:2", machine.Largest!.Accelerators.ToString());
        IssueTo(machine, 1, "gpu:2");
        IssueTo(machine, 2, "nvidia");
        IssueTo(machine, 3, "amd:1,cuda:1");
        StartOf(machine);
        Assert.Equal("3: amd 0 nvidia-k80 0; 2: nvidia-k80 1", Handed());
        Assert.Equal(
            "1 jobs wait until 1 core, 10 B memory, 10 B disk, 2 nvidia-k80 are free; 2 running jobs leave 7 cores, 880 B memory, 880 B disk.",
            machine.WhatHoldsJobsUp());
        machine.Ended(new AttemptId(3, 1, 3));
        machine.Ended(new AttemptId(2, 1, 2));
        StartOf(machine);
        Assert.Equal("1: nvidia-k80 1 nvidia-k80 0", Handed().Split("; ")[^1]);
        IssueTo(machine, 4, "nvidia:3");
        Assert.StartsWith("1 jobs ask for more than this machine has", machine.WhatHoldsJobsUp(), StringComparison.Ordinal);

        void StartOf(SingleMachine which) => which.StartWhatFits(attempt => new LaunchOrder(
            attempt, "job", 1, new Requirements(1, 10, 10) { Accelerators = _asked[attempt.Job] }, new Code(Vehicle.Inline, "", default), default));
        string Handed() => string.Join("; ", _agent.Orders.Select(order => $"{order.Attempt.Job}: {string.Join(' ', order.Accelerators.Select(device => $"{device.Model} {device.Id}"))}"));
    }

    [Fact]
    public async Task Scale_Half_RunsWhatWouldNotFit()
    {
        await using var machine = new SingleMachine(_agent, new ResourceAmount(2000, 100, 100), scale: 0.5);
        Assert.Equal(4, machine.Largest!.Cores);
        machine.Issue(new AttemptId(1, 1, 1), new Requirements(4, 10, 10), isInline: false);
        machine.StartWhatFits(attempt => new LaunchOrder(attempt, "job", 1, new Requirements(4, 10, 10), new Code(Vehicle.Inline, "", default), default));
        Assert.Equal([1], _agent.Launched);
    }

    private readonly Dictionary<long, AcceleratorRequest> _asked = [];

    private void IssueTo(SingleMachine machine, int number, AcceleratorRequest accelerators) =>
        machine.Issue(new AttemptId(number, 1, number), new Requirements(1, 10, 10) { Accelerators = _asked[number] = accelerators }, isInline: false);

    private void Issue(int number, double cores) => _machine.Issue(new AttemptId(number, 1, number), new Requirements(cores, 10, 10), isInline: false);

    private void Start() => _machine.StartWhatFits(attempt =>
        new LaunchOrder(attempt, "job", 1, new Requirements(1, 10, 10), new Code(Vehicle.Inline, "", default), default));

    private sealed class RecordingAgent : IAgent
    {
        public List<long> Launched { get; } = [];

        public List<long> Killed { get; } = [];

        public List<LaunchOrder> Orders { get; } = [];

        public void Launch(LaunchOrder order)
        {
            Launched.Add(order.Attempt.Job);
            Orders.Add(order);
        }

        public IReadOnlyList<RunningAttempt> WhatRuns() => [];

        public void Kill(AttemptId attempt) => Killed.Add(attempt.Job);

        public void Stop(AttemptId attempt) { }

        public void Settled(AttemptId attempt, bool committed)
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
