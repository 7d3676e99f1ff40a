using Toil.CallCaching;
using Toil.Values;
using Xunit;

namespace Toil.Tests.CallCaching;

public sealed class ValueDigestTests
{
    [Fact]
    public void Of_FilesThatDifferInTheirKeyOnly_IsTheSame() =>
        Assert.Equal(Of(new FileId("files/1/a", "reads.fq", 4)), Of(new FileId("files/2/b", "reads.fq", 4)));

    public static TheoryData<object?, object?> Different => new()
    {
        { 1L, 2L },
        { 1L, 1.0 },
        { "1", 1L },
        { null, false },
        { new object?[] { "a", "b" }, new object?[] { "ab" } },
        { new object?[] { new object?[] { "a" }, "b" }, new object?[] { "a", new object?[] { "b" } } },
        { new Dictionary<string, object?> { ["a"] = "b" }, new object?[] { "a", "b" } },
        { new FileId("files/1", "a", 1), new FileId("files/1", "b", 1) },
        { new FileId("files/1", "a", 1), new FileId("files/1", "a", 1, Executable: true) },
    };

    [Theory]
    [MemberData(nameof(Different))]
    public void Of_DifferentValues_Differ(object? one, object? other) => Assert.NotEqual(Of(one), Of(other));

    [Fact]
    public void Of_FilesThatDifferInContent_Differ()
    {
        var value = Encode(new FileId("files/1", "a", 1));

        Assert.NotEqual(ValueDigest.Of(value, _ => "x"), ValueDigest.Of(value, _ => "y"));
    }

    [Fact]
    public void Replace_FilesInsideAnything_KeepsAllElse()
    {
        var value = Encode(new object?[] { 1L, "two", new Dictionary<string, object?> { ["file"] = new FileId("files/1", "a", 9), ["rest"] = new object?[] { null, 2.5 } }, Array.Empty<object?>() });

        var replaced = ValueFileKeys.Replace(value, file => file with { Key = "files/other" });

        var items = Assert.IsType<List<object?>>(ValueReader.Read(replaced));
        var map = Assert.IsType<OrderedDictionary<string, object?>>(items[2]);
        Assert.Equal((1L, "two"), (items[0], items[1]));
        Assert.Equal(new FileId("files/other", "a", 9), map["file"]);
        Assert.Equal([null, 2.5], Assert.IsType<List<object?>>(map["rest"]));
        Assert.Empty(Assert.IsType<List<object?>>(items[3]));
    }

    [Fact]
    public void Replace_Scalar_IsTheSame() => Assert.Equal(5L, ValueReader.Read(ValueFileKeys.Replace(Encode(5L), file => file)));

    private static byte[] Of(object? value) => ValueDigest.Of(Encode(value), _ => "content");

    private static EncodedValue Encode(object? value) => ClrValues.Encode(value).Bind(_ => 0);
}
