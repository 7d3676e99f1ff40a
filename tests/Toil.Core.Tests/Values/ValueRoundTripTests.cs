using Toil.Values;
using Xunit;

namespace Toil.Tests.ValueModel;

public sealed class ValueRoundTripTests
{
    [Fact]
    public void Read_AllKinds_ReturnsWhatWasWritten()
    {
        var writer = new ValueWriter();
        writer.BeginList(11);
        writer.WriteNull();
        writer.WriteBool(true);
        writer.WriteInt(long.MinValue);
        writer.WriteReal(double.NaN);
        writer.WriteString("ключ 🔑");
        writer.WriteBytes([1, 2, 3]);
        writer.WriteFile(new FileId("files/1", "a.txt", 5, Executable: true));
        writer.WriteSize(ByteSize.Parse("2Gi"));
        writer.WriteLeaf(new Leaf(Leaf.CliXml, [9]));
        writer.BeginMap(1);
        writer.WriteKey("k");
        writer.BeginList(0);
        writer.BeginObject(0);

        var items = Assert.IsType<List<object?>>(ValueReader.Read(Whole(writer)));

        Assert.Equal([null, true, long.MinValue, double.NaN, "ключ 🔑"], items[..5]);
        Assert.Equal(new byte[] { 1, 2, 3 }, items[5]);
        Assert.Equal(new FileId("files/1", "a.txt", 5, Executable: true), items[6]);
        Assert.Equal(ByteSize.Parse("2Gi"), items[7]);
        Assert.Equal(9, Assert.Single(Assert.IsType<Leaf>(items[8]).Bytes));
        Assert.Empty(Assert.IsType<List<object?>>(Assert.IsType<OrderedDictionary<string, object?>>(items[9])["k"]));
        Assert.Empty(Assert.IsType<OrderedDictionary<string, object?>>(items[10]));
    }

    [Fact]
    public void Read_NestedVeryDeep_NeedsNoCallStack()
    {
        const int Depth = 100_000;
        var writer = new ValueWriter();
        for (var i = 0; i < Depth; i++)
        {
            writer.BeginList(1);
        }

        writer.WriteInt(7);
        var node = ValueReader.Read(Whole(writer));
        for (var i = 0; i < Depth; i++)
        {
            node = Assert.IsType<List<object?>>(node)[0];
        }

        Assert.Equal(7L, node);
    }

    [Fact]
    public void Skip_NestedVeryDeep_StandsBehindTheValue()
    {
        var writer = new ValueWriter();
        for (var i = 0; i < 100_000; i++)
        {
            writer.BeginMap(2);
            writer.WriteKey("scalar");
            writer.WriteReal(1);
            writer.WriteKey("rest");
        }

        writer.WriteString("end");
        var reader = new ByteReader(Whole(writer).Body.Span);
        ValueSkipper.Skip(ref reader);

        Assert.True(reader.AtEnd);
    }

    [Theory]
    [InlineData(new byte[] { 99 })]
    [InlineData(new byte[] { (byte)ValueTag.List, 2, 0 })]
    [InlineData(new byte[] { (byte)ValueTag.String, 200, 1 })]
    [InlineData(new byte[] { (byte)ValueTag.Int, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1 })]
    [InlineData(new byte[] { })]
    public void Read_DamagedBytes_ThrowsInvalidData(byte[] body) =>
        Assert.Throws<InvalidDataException>(() => ValueReader.Read(new EncodedValue(body, [])));

    [Fact]
    public void ReadFrom_ValueWithHoles_ReturnsThem()
    {
        var writer = new ByteWriter();
        TestValues.Encode(new object?[] { TestValues.Rv(7, "k", -2, 1..), 3 }).WriteTo(writer);

        var reader = new ByteReader(writer.Written.Span);
        var value = EncodedValue.ReadFrom(ref reader);

        Assert.Equal("job 7.k[-2][1..]", Assert.Single(value.Holes).Describe());
        Assert.True(reader.AtEnd);
    }

    private static EncodedValue Whole(ValueWriter writer) => new(writer.ToValue().Body, []);
}
