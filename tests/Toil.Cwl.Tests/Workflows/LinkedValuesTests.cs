using Toil.Cwl.Loading;
using Toil.Cwl.Model;
using Toil.Cwl.Workflows;
using Xunit;

namespace Toil.Cwl.Tests.Workflows;

public sealed class LinkedValuesTests
{
    private static readonly SourcePosition At = new("w.cwl", 3, 5);

    [Fact]
    public void Combine_OneSource_IsTakenAsItIs()
    {
        Assert.Equal("a", Combine(["a"]));
        Assert.Equal(["a"], List(Combine([Items("a")])));
        Assert.Null(Combine([]));
    }

    [Fact]
    public void Combine_SeveralSources_MakeAListByDefault() => Assert.Equal(["a", null], List(Combine(["a", null])));

    [Fact]
    public void Combine_OneSourceWithMerge_IsMerged()
    {
        Assert.Equal(["a"], List(Combine(["a"], LinkMerge.MergeNested)));
        Assert.Equal(["a", "b"], List(Combine([Items("a", "b")], LinkMerge.MergeFlattened)));
    }

    [Fact]
    public void Combine_Flattened_TakesItemsAndSingleValues() => Assert.Equal(["a", "b", "c"], List(Combine([Items("a", "b"), "c"], LinkMerge.MergeFlattened)));

    [Fact]
    public void Combine_PickFirst_TakesTheFirstThatIsNotNull() => Assert.Equal("b", Combine([null, "b", "c"], null, PickValue.FirstNonNull));

    [Fact]
    public void Combine_PickAll_LeavesNullsOut()
    {
        Assert.Equal(["b", "c"], List(Combine([null, "b", "c"], null, PickValue.AllNonNull)));
        Assert.Empty(List(Combine([null, null], null, PickValue.AllNonNull)));
    }

    [Fact]
    public void Combine_PickWithTheWrongNumber_SaysWhere()
    {
        Assert.Contains("w.cwl:3:5", Assert.Throws<CwlException>(() => Combine([null, null], null, PickValue.FirstNonNull)).Message, StringComparison.Ordinal);
        Assert.Contains("2 of 3 values", Assert.Throws<CwlException>(() => Combine([null, "b", "c"], null, PickValue.TheOnlyNonNull)).Message, StringComparison.Ordinal);
        Assert.Equal("b", Combine([null, "b"], null, PickValue.TheOnlyNonNull));
    }

    private static object? Combine(List<object?> sources, LinkMerge? merge = null, PickValue? pick = null) => LinkedValues.Combine(sources, merge, pick, "input 'x'", At);

    private static List<object?> Items(params object?[] items) => [.. items];

    private static List<object?> List(object? value) => Assert.IsType<List<object?>>(value);
}
