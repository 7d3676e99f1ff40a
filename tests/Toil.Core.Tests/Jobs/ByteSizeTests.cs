using Xunit;

namespace Toil.Tests.Jobs;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("17", 17)]
    [InlineData("17b", 17)]
    [InlineData("100k", 100_000)]
    [InlineData("2G", 2_000_000_000)]
    [InlineData("2GB", 2_000_000_000)]
    [InlineData("2Gi", 2L << 30)]
    [InlineData("2 GiB", 2L << 30)]
    [InlineData("1.5Gi", 3L << 29)]
    [InlineData(" 4ki ", 4096)]
    [InlineData("7Ei", 7L << 60)]
    public void Parse_ValidText_ReturnsBytes(string text, long expected) => Assert.Equal(expected, ByteSize.Parse(text).Bytes);

    [Theory]
    [InlineData("")]
    [InlineData("G")]
    [InlineData("-1")]
    [InlineData("1.2.3")]
    [InlineData("5x")]
    [InlineData("5kk")]
    [InlineData("8Ei")]
    [InlineData("99999999999999999999E")]
    [InlineData(null)]
    public void TryParse_InvalidText_ReturnsFalse(string? text) => Assert.False(ByteSize.TryParse(text, out _));

    [Fact]
    public void Parse_InvalidText_SaysWhatToWrite() =>
        Assert.Contains("'lots' is not a size", Assert.Throws<ToilException>(() => ByteSize.Parse("lots")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1536, "1.5 Ki")]
    [InlineData(2L << 30, "2 Gi")]
    [InlineData(-2048, "-2 Ki")]
    [InlineData(long.MaxValue, "8 Ei")]
    public void ToString_AnySize_UsesBinaryUnits(long bytes, string expected) => Assert.Equal(expected, new ByteSize(bytes).ToString());

    [Fact]
    public void Compare_TwoSizes_OrdersByBytes()
    {
        Assert.True(ByteSize.Parse("1G") < ByteSize.Parse("1Gi"));
        Assert.True((ByteSize)"1Ki" >= 1024);
    }
}
