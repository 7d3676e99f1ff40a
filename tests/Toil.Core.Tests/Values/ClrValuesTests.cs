using Toil.Values;
using Xunit;

namespace Toil.Tests.ValueModel;

public sealed class ClrValuesTests
{
    public enum Color
    {
        Red,
        Green,
    }

    public record Sample(string Name, int[] Counts, Sample? Next = null);

    public record Holder(Promise Promise);

    [Fact]
    public void Convert_AfterEncode_ReturnsEqualValue()
    {
        Same(5);
        Same((byte)200);
        Same(2.5f);
        Same('x');
        Same(12.34m);
        Same(ulong.MaxValue);
        Same(Color.Green);
        Same<int?>(null);
        Same<int?>(3);
        Same<Color?>(Color.Red);
        Same(Guid.Parse("4f6ba0a5-7dbd-44d4-bd48-1ac1e1d5b1f1"));
        Same(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)));
        Same(TimeSpan.FromSeconds(90));
        Same(ByteSize.Parse("3Mi"));
        Same(new FileId("k", "n", 1));
        Same(("tuple", 7));
        Same(new[] { "a", "b" });
        Same(new List<int> { 1, 2 });
        Same(new HashSet<int> { 3 });
        Same<IReadOnlyList<long>>(new long[] { 1 });
        Same(new Dictionary<string, int[]> { ["k"] = [1] });
        Same<IReadOnlyDictionary<string, string>>(new Dictionary<string, string> { ["k"] = "v" });
        Assert.Equal("last", ((Sample)Back(new Sample("first", [1], new Sample("last", [])), typeof(Sample))!).Next!.Name);
        Assert.Equal("o", ((Sample)Back(new Sample("o", []), typeof(object))!).Name);
    }

    [Fact]
    public void Encode_IteratorOfAMethod_IsAList() => Assert.Equal(new[] { 1, 2 }, Back(Iterate(), typeof(int[])));

    [Fact]
    public void Encode_ContainsItself_NamesDepth()
    {
        var list = new List<object>();
        list.Add(list);

        Assert.Contains("contains itself", Assert.Throws<ToilException>(() => ClrValues.Encode(list)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_PartThatCantBeKept_NamesThePath()
    {
        var error = Assert.Throws<ToilException>(() => ClrValues.Encode(new Dictionary<string, object> { ["reads"] = new object[] { 1, new MemoryStream() } }));

        Assert.StartsWith("$.reads[1] is a MemoryStream", error.Message, StringComparison.Ordinal);
        Assert.Contains("Only string keys", Assert.Throws<ToilException>(() => ClrValues.Encode(new Dictionary<int, int> { [1] = 1 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_PromiseInsideAnObject_IsRefused()
    {
        var job = Job.Of(() => 1);

        var error = Assert.Throws<ToilException>(() => ClrValues.Encode(new object[] { new Holder(job.Rv()) }));

        Assert.Contains("$[0]", error.Message, StringComparison.Ordinal);
        Assert.Contains("can hold a promise", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_JobsAndPromisesInCollections_BecomeHoles()
    {
        var job = Job.Of(() => 1);

        var value = ClrValues.Encode(new object[] { job, new Dictionary<string, object> { ["part"] = job.Rv("x", 0) }, (Promised<int>)job });

        Assert.Equal([job, job, job], value.Holes.Select(hole => hole.Producer));
        Assert.Equal(2, value.Holes[1].Path.Count);
    }

    [Fact]
    public void Convert_WrongType_SaysBoth() =>
        Assert.Equal(
            "A value of type Int64 was given where DateTimeOffset[] is expected.",
            Assert.Throws<ToilException>(() => Back(new[] { 1 }, typeof(DateTimeOffset[][]))).Message);

    [Fact]
    public void Convert_Promised_WrapsTheValue() =>
        Assert.Equal([1, 2], Assert.IsType<Promised<List<int>>>(Back(new[] { 1, 2 }, typeof(Promised<List<int>>))).Value);

    private static IEnumerable<int> Iterate()
    {
        yield return 1;
        yield return 2;
    }

    private static void Same<T>(T value) => Assert.Equal(value, (T)Back(value, typeof(T))!);

    private static object? Back(object? value, Type type)
    {
        var encoded = ClrValues.Encode(value);
        return ClrValues.Convert(ValueReader.Read(new EncodedValue(encoded.Body, [])), type);
    }
}
