using Toil.Agents;

namespace Toil.Stats;

/// <summary>The measurements of the attempts of one name.</summary>
internal sealed class Measurements(string name)
{
    private readonly List<long> _time = [];
    private readonly List<long> _cpu = [];
    private readonly List<long> _wait = [];
    private readonly List<long> _memory = [];
    private readonly List<long> _disk = [];
    private double _cores;
    private long _askedMemory;
    private long _askedDisk;
    private int _failed;
    private TimeSpan _failedTime;

    public bool IsUsed => _time.Count > 0 || _failed > 0;

    public void Add(ResourceUsage usage, TimeSpan wait)
    {
        _time.Add(usage.Wall.Ticks);
        _cpu.Add(usage.Cpu.Ticks);
        _wait.Add(wait.Ticks);
        _memory.Add(usage.PeakMemory.Bytes);
        _disk.Add(usage.Disk.Bytes);
        AddGranted(usage);
    }

    /// <param name="usage">Null when it never came to a node.</param>
    public void AddFailure(ResourceUsage? usage)
    {
        _failed++;
        if (usage is not null)
        {
            _failedTime += usage.Wall;
            AddGranted(usage);
        }
    }

    public JobStatistics Summarise() => new(name, _time.Count, _failed, _failedTime)
    {
        Time = Times(_time),
        Cpu = Times(_cpu),
        Wait = Times(_wait),
        Memory = Sizes(_memory),
        Disk = Sizes(_disk),
        AskedCores = _cores,
        AskedMemory = _askedMemory,
        AskedDisk = _askedDisk,
    };

    private static Distribution<TimeSpan> Times(List<long> values) => Distribution.Of(values).Select(TimeSpan.FromTicks);

    private static Distribution<ByteSize> Sizes(List<long> values) => Distribution.Of(values).Select(ByteSize.FromInt64);

    private void AddGranted(ResourceUsage usage)
    {
        if (usage.Granted is { } granted)
        {
            _cores = Math.Max(_cores, granted.Cores);
            _askedMemory = Math.Max(_askedMemory, granted.Memory.Bytes);
            _askedDisk = Math.Max(_askedDisk, granted.Disk.Bytes);
        }
    }
}
