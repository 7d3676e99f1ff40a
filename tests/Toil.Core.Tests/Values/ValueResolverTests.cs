using Toil.Values;
using Xunit;
using static Toil.Tests.ValueModel.TestValues;

namespace Toil.Tests.ValueModel;

public sealed class ValueResolverTests
{
    private readonly TestSource _source = [];

    [Fact]
    public void Resolve_NoHoles_ReturnsSameBytes()
    {
        var value = Encode(new object?[] { 1, "a" });

        Assert.Null(new ValueResolver(_source).Resolve(value, out var resolved));
        Assert.Equal(value.Body, resolved.Body);
    }

    [Fact]
    public void Resolve_PromisesOfPromisesInsideCollections_FillsAll()
    {
        _source[1] = Encode(new object?[] { Rv(2), 7 });
        _source[2] = Encode(new Dictionary<string, object?> { ["x"] = Rv(3, 1), ["y"] = new object?[] { Rv(3) } });
        _source[3] = Encode(new object?[] { 10, 20 });

        Assert.Equal("{a:[{x:20,y:[[10,20]]},7],b:20}", _source.Resolve(new Dictionary<string, object?> { ["a"] = Rv(1), ["b"] = Rv(1, 0, "x") }));
    }

    [Theory]
    [InlineData("[0,1,2,3]", 0, long.MaxValue)]
    [InlineData("[1,2]", 1, 3)]
    [InlineData("[2,3]", -2, long.MaxValue)]
    [InlineData("[0,1,2]", 0, -1)]
    [InlineData("[]", 3, 1)]
    [InlineData("[]", 9, 12)]
    public void Resolve_Slice_TakesThatRange(string expected, long from, long to)
    {
        _source[1] = Encode(new object?[] { 0, 1, 2, 3 });

        Assert.Equal(expected, _source.Resolve(Rv(1, PathStep.Slice(from, to))));
    }

    [Fact]
    public void Resolve_SliceOfListWithHoles_FillsThoseInRangeOnly()
    {
        _source[1] = Encode(new object?[] { Rv(9), Rv(2), 5 });
        _source[2] = Encode("two");

        Assert.Equal("[two,5]", _source.Resolve(Rv(1, 1..)));
        Assert.Equal("two", _source.Resolve(Rv(1, 1.., 0)));
    }

    [Fact]
    public void Resolve_PathThroughHole_ContinuesInItsProducer()
    {
        _source[1] = Encode(new Dictionary<string, object?> { ["inner"] = Rv(2, "list"), ["unknown"] = Rv(9) });
        _source[2] = Encode(new Dictionary<string, object?> { ["list"] = new object?[] { "first", "last" } });

        Assert.Equal("last", _source.Resolve(Rv(1, "inner", -1)));
    }

    [Fact]
    public void Resolve_KeyThatDiffersInCaseOnly_PrefersTheExactOne()
    {
        _source[1] = Encode(new Dictionary<string, object?> { ["KEY"] = 1, ["key"] = 2, ["Other"] = 3 });

        Assert.Equal("2", _source.Resolve(Rv(1, "key")));
        Assert.Equal("1", _source.Resolve(Rv(1, "Key")));
        Assert.Equal("3", _source.Resolve(Rv(1, "other")));
    }

    [Fact]
    public void Resolve_ProducerWithoutValue_SaysWhichIsNotYetKnown()
    {
        _source[1] = Encode(Rv(2, "x"));

        var error = _source.Error(new object?[] { 1, Rv(1) });

        Assert.True(error!.NotYetKnown);
        Assert.Equal("job 2.x", error.Hole.Describe());
    }

    [Theory]
    [InlineData("[2] is out of range: the list has 2 elements", 2)]
    [InlineData("[-3] is out of range: the list has 2 elements", -3)]
    [InlineData(".x can't be taken from a list", "x")]
    public void Resolve_PathOutOfRange_SaysStepAndReason(string expected, object step)
    {
        _source[1] = Encode(new object?[] { 0, 1 });

        var error = _source.Error(Rv(1, step));

        Assert.False(error!.NotYetKnown);
        Assert.Equal(expected, error.Reason);
    }

    [Fact]
    public void Resolve_MissingKey_SaysSo()
    {
        _source[1] = Encode(new Dictionary<string, object?> { ["a"] = 1 });

        Assert.Equal("there is no 'b' in it", _source.Resolve(Rv(1, "b")));
    }

    [Fact]
    public void Resolve_PartOfOwnValue_IsNoCircle()
    {
        _source[1] = Encode(new Dictionary<string, object?> { ["a"] = 5, ["b"] = Rv(1, "a") });

        Assert.Equal("{a:5,b:5}", _source.Resolve(Rv(1)));
    }

    [Fact]
    public void Resolve_Circles_EndsWithAnError()
    {
        _source[1] = Encode(Rv(1));
        _source[2] = Encode(Rv(1));
        _source[3] = Encode(new object?[] { Rv(3) });
        _source[4] = Encode(Rv(4, "grows"));
        _source[5] = Encode(Rv(6));
        _source[6] = Encode(Rv(7));
        _source[7] = Encode(Rv(6));

        Assert.All(Enumerable.Range(1, 7), producer =>
            Assert.Equal("the promise leads back to itself", _source.Resolve(Rv(producer))));
    }

    [Fact]
    public void Resolve_SameProducerTwice_IsNoCircle()
    {
        _source[1] = Encode(new object?[] { Rv(2), Rv(2) });
        _source[2] = Encode(new object?[] { Rv(3) });
        _source[3] = Encode("x");

        Assert.Equal("[[x],[x]]", _source.Resolve(Rv(1)));
    }

    [Fact]
    public void Resolve_AfterAnError_StartsAfresh()
    {
        _source[1] = Encode(new object?[] { Rv(2) });
        var resolver = new ValueResolver(_source);
        Assert.NotNull(resolver.Resolve(Encode(Rv(1)), out _));

        _source[2] = Encode(1);

        Assert.Null(resolver.Resolve(Encode(Rv(1)), out var resolved));
        Assert.Equal("[1]", Show(resolved));
    }

    [Fact]
    public void Resolve_LongChainAndDeepNesting_NeedsNoCallStack()
    {
        const int Length = 100_000;
        for (var i = 0; i < Length; i++)
        {
            _source[i] = Encode(i % 2 == 0 ? Rv(i + 1) : new object?[] { Rv(i + 1) });
        }

        _source[Length] = Encode("end");

        Assert.Null(new ValueResolver(_source).Resolve(Encode(Rv(0)), out var resolved));
        Assert.Equal((2 * (Length / 2)) + 5, resolved.Body.Length);
    }
}
