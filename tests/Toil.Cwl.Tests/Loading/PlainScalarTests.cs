using Toil.Cwl.Loading;
using Xunit;

namespace Toil.Cwl.Tests.Loading;

public class PlainScalarTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("~", null)]
    [InlineData("null", null)]
    [InlineData("true", true)]
    [InlineData("FALSE", false)]
    [InlineData("yes", "yes")]
    [InlineData("on", "on")]
    [InlineData("tRUE", "tRUE")]
    [InlineData("0", 0L)]
    [InlineData("-17", -17L)]
    [InlineData("+3", 3L)]
    [InlineData("010", 10L)]
    [InlineData("0o17", 15L)]
    [InlineData("0x1F", 31L)]
    [InlineData("0b101", 5L)]
    [InlineData("1_000", 1000L)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("9223372036854775808", 9223372036854775808d)]
    [InlineData("1.5", 1.5)]
    [InlineData(".5", .5)]
    [InlineData("1.", 1d)]
    [InlineData("1e3", 1000d)]
    [InlineData("-1.5E-2", -0.015)]
    [InlineData(".inf", double.PositiveInfinity)]
    [InlineData("-.INF", double.NegativeInfinity)]
    [InlineData(".nan", double.NaN)]
    [InlineData("1.2.3", "1.2.3")]
    [InlineData("1e", "1e")]
    [InlineData("-", "-")]
    [InlineData(".", ".")]
    [InlineData("_", "_")]
    [InlineData("0x", "0x")]
    [InlineData("0xG", "0xG")]
    [InlineData("12ab", "12ab")]
    [InlineData("2024-01-31", "2024-01-31")]
    public void Resolve_Text_IsTheValueThatYamlGivesIt(string text, object? expected) => Assert.Equal(expected, PlainScalar.Resolve(text));
}
