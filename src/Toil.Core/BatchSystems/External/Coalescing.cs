using Toil.Agents;
using Toil.Values;

namespace Toil.BatchSystems;

/// <summary>
/// Decides which attempts one job of the batch system runs, one after the other: as many alike ones as take the time that users allow, by what
/// is known of earlier ones. Of jobs that nothing is known of, some go first, alone, and the others wait for a moment for what those tell.
/// Only the leader's requests use it, one at a time.
/// </summary>
internal sealed class Coalescing(TimeSpan limit, RunTimes runTimes, TimeProvider time)
{
    /// <summary>What one job of the batch system runs at most.</summary>
    public const int Largest = 1000;

    /// <summary>So many of the jobs that nothing is known of go first.</summary>
    private const int Samples = 8;

    /// <summary>Work is spread over so many jobs of the batch system, unless each would take less than a tenth of the limit.</summary>
    private const int Spread = 16;

    private const int Tenth = 10;

    private static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(1);

    private readonly Dictionary<Hash128, Held> _held = [];

    public bool IsOn => limit > TimeSpan.Zero;

    /// <summary>Attempts that wait for what others tell.</summary>
    public IEnumerable<LaunchOrder> Waiting => _held.Values.SelectMany(held => held.Orders);

    /// <summary>How long until some that wait have waited for long enough; null when none waits.</summary>
    public TimeSpan? NextRelease => _held.Count == 0 ? null : HoldTime - time.GetElapsedTime(_held.Values.Min(held => held.Since));

    private TimeSpan HoldTime => limit / Tenth < LongestHold ? limit / Tenth : LongestHold;

    /// <summary>Takes what is to be submitted, and says what goes out now.</summary>
    /// <param name="orders">What is new.</param>
    /// <param name="isWanted">Whether one is still to run.</param>
    /// <returns>For each job of the batch system, what it runs.</returns>
    public List<List<LaunchOrder>> Plan(IEnumerable<LaunchOrder> orders, Func<LaunchOrder, bool> isWanted)
    {
        var released = TakeReleased(isWanted);
        return [.. released.Concat(IsOn ? orders.Where(isWanted).GroupBy(order => order.Code.Id).SelectMany(HoldUnknown) : orders.Where(isWanted))
            .GroupBy(order => order.Requirements).SelectMany(Bundle)];
    }

    /// <summary>Of unknown jobs, those that go first.</summary>
    private IEnumerable<LaunchOrder> HoldUnknown(IGrouping<Hash128, LaunchOrder> alike)
    {
        var orders = alike.ToList();
        if (_held.TryGetValue(alike.Key, out var held))
        {
            held.Orders.AddRange(orders);
            return [];
        }

        if (orders.Count <= Samples || orders.Exists(order => runTimes.EstimateOf(order) is not null))
        {
            return orders;
        }

        _held[alike.Key] = new Held(orders[Samples..], time.GetTimestamp());
        return orders[..Samples];
    }

    private List<LaunchOrder> TakeReleased(Func<LaunchOrder, bool> isWanted)
    {
        var released = new List<LaunchOrder>();
        foreach (var (code, held) in _held.ToList())
        {
            held.Orders.RemoveAll(order => !isWanted(order));
            if (held.Orders.Count == 0 || runTimes.EstimateOf(held.Orders[0]) is not null || time.GetElapsedTime(held.Since) >= HoldTime)
            {
                released.AddRange(held.Orders);
                _held.Remove(code);
            }
        }

        return released;
    }

    /// <summary>Jobs that ask for the same, in their order, in runs of about the same length.</summary>
    private IEnumerable<List<LaunchOrder>> Bundle(IGrouping<Requirements, LaunchOrder> alike)
    {
        var orders = alike.Select(order => (Order: order, Time: order.IsService || !IsOn ? limit : EstimateOf(order))).ToList();
        var share = orders.Aggregate(TimeSpan.Zero, (sum, one) => sum + one.Time) / Spread;
        var length = share > limit ? limit : share < limit / Tenth ? limit / Tenth : share;
        var (bundle, left) = (new List<LaunchOrder>(), length);
        foreach (var (order, needed) in orders)
        {
            if (bundle.Count > 0 && (needed > left || bundle.Count == Largest || order.IsService || !IsOn))
            {
                yield return bundle;
                (bundle, left) = ([], length);
            }

            bundle.Add(order);
            left -= needed;
        }

        yield return bundle;
    }

    /// <summary>One that nothing is known of may be long; a worker stops when the time is over, so that a wrong guess costs little. No time at all is none that was measured.</summary>
    private TimeSpan EstimateOf(LaunchOrder order) => runTimes.EstimateOf(order) ?? limit / Tenth;

    private sealed record Held(List<LaunchOrder> Orders, long Since);
}
