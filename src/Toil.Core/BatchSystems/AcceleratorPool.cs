using System.Globalization;
using Toil.Agents;

namespace Toil.BatchSystems;

/// <summary>A machine's accelerators: which attempt holds which.</summary>
internal sealed class AcceleratorPool
{
    private readonly List<Stack<Accelerator>> _free = [];
    private readonly Dictionary<AttemptId, IReadOnlyList<Accelerator>> _held = [];

    public AcceleratorPool(IReadOnlyList<Accelerator> devices)
    {
        All = AcceleratorRequest.None;
        if (devices.Count == 0)
        {
            return;
        }

        var models = devices.GroupBy(device => device.Model).OrderBy(model => model.Key, StringComparer.Ordinal).Take(AcceleratorAmount.MostModels).ToList();
        foreach (var model in models)
        {
            // The first device is taken first.
            _free.Add(new Stack<Accelerator>(model.Take(AcceleratorAmount.MostDevices).Reverse()));
        }

        All = AcceleratorRequest.Of(models.Select((model, i) => new AcceleratorCount(model.Key, _free[i].Count)));
        Capacity = AcceleratorAmount.Of([.. All.Items.Select(item => item.Count)]);
    }

    /// <summary>Everything that there is.</summary>
    public AcceleratorRequest All { get; }

    public AcceleratorAmount Capacity { get; }

    /// <returns>Null when there isn't so much.</returns>
    public AcceleratorAmount? AmountOf(AcceleratorRequest request) =>
        request.IsNone ? default(AcceleratorAmount) : request.AssignFrom(All) is { } counts ? AcceleratorAmount.Of(counts) : null;

    /// <summary>Gives devices to an attempt until <see cref="Return"/>. There must be so many free ones.</summary>
    public IReadOnlyList<Accelerator> Take(AttemptId attempt, AcceleratorAmount amount)
    {
        var taken = new List<Accelerator>();
        for (var model = 0; model < _free.Count; model++)
        {
            for (var missing = amount[model]; missing > 0; missing--)
            {
                taken.Add(_free[model].Pop());
            }
        }

        return _held[attempt] = taken;
    }

    public void Return(AttemptId attempt)
    {
        if (_held.Remove(attempt, out var devices))
        {
            foreach (var device in devices.Reverse())
            {
                _free[All.Items.Select(item => item.Type).ToList().IndexOf(device.Model)].Push(device);
            }
        }
    }

    /// <summary>An amount in words.</summary>
    public string Describe(AcceleratorAmount amount) => string.Join(
        ", ", All.Items.Select((item, i) => (item.Type, Count: amount[i])).Where(item => item.Count > 0).Select(item => string.Create(CultureInfo.InvariantCulture, $"{item.Count} {item.Type}")));
}
