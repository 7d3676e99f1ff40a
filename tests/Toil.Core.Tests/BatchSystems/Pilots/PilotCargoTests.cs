using Toil.Agents;
using Toil.Values;
using Xunit;

namespace Toil.Tests.BatchSystems.Pilots;

public sealed class PilotCargoTests
{
    private static readonly AttemptId Attempt = new(1, 1, 1);

    private readonly PilotCargo _cargo = new();

    [Fact]
    public void Start_OfAService_IsKeptUntilItEnds()
    {
        _cargo.TryAdd(new LaunchOrder(Attempt, "service", 1, new Requirements(1, 10, 10), Job.Of(() => 1).Code, ClrValues.Encode(null).Bind(_ => 0)) { IsService = true });
        Assert.Empty(_cargo.Starts());

        var start = _cargo.Start(Attempt, ClrValues.Encode("port 1").Bind(_ => 0));

        Assert.Equal([start], _cargo.Starts());
        var reader = new ByteReader(start);
        Assert.Equal(Attempt, AttemptId.ReadFrom(ref reader));
        _cargo.End(new AttemptOutcome(Attempt, [1], null, new ResourceUsage(DateTimeOffset.UnixEpoch, default, default, 0)));
        Assert.Empty(_cargo.Starts());
        Assert.Single(_cargo.Ends());
    }

    [Fact]
    public void Start_OfWhatIsNotHere_IsNotKept()
    {
        _cargo.Start(Attempt, ClrValues.Encode(null).Bind(_ => 0));

        Assert.Empty(_cargo.Starts());
    }
}
