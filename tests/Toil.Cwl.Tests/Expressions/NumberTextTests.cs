using Toil.Cwl.Expressions;
using Xunit;

namespace Toil.Cwl.Tests.Expressions;

public class NumberTextTests
{
    [Theory]
    [InlineData(0.5, "0.5", "0.5")]
    [InlineData(1.23e-05, "0.0000123", "0.0000123")]
    [InlineData(1e-7, "0.0000001", "1e-7")]
    [InlineData(1.23e5, "123000", "123000")]
    [InlineData(-1.5e20, "-150000000000000000000", "-150000000000000000000")]
    [InlineData(1.5e21, "1500000000000000000000", "1.5e+21")]
    [InlineData(-2.5e-10, "-0.00000000025", "-2.5e-10")]
    public void Of_Number_HasNoExponentOnCommandLinesAndJavascriptsInJson(double number, string argument, string json)
    {
        Assert.Equal(argument, NumberText.OfArgument(number));
        Assert.Equal(json, NumberText.OfJson(number));
    }
}
