namespace Toil.BatchSystems.Grid.Tests.Clients;

public class ArgumentTextTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    [InlineData("-t 1:00:00  -q fatq", "-t", "1:00:00", "-q", "fatq")]
    [InlineData("--comment='two words' x\"y z\"\\ w", "--comment=two words", "xy z w")]
    [InlineData("a '' \"it's\" 'say \"no\"'", "a", "", "it's", "say \"no\"")]
    [InlineData("--a=\"b\\\"c\" 'd\\e'", "--a=b\"c", "d\\e")]
    [InlineData("\"a\\tb\\\\c\\$d\" e\\tf", "a\\tb\\c$d", "etf")]
    public void Split_LikeAShell(string? text, params string[] expected) => Assert.Equal(expected, ArgumentText.Split(text, "X"));

    [Fact]
    public void Split_OpenQuote_IsNamed() =>
        Assert.Equal("TOIL_X has a ' that isn't closed: a 'b", Assert.Throws<ToilException>(() => ArgumentText.Split("a 'b", "TOIL_X")).Message);
}
