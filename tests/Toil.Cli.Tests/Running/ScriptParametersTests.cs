using Toil.Cli.Running;
using Xunit;

namespace Toil.Cli.Tests.Running;

public class ScriptParametersTests
{
    [Theory]
    [InlineData("-a:'1'", "--a", "1")]
    [InlineData("-a:'1'", "--a=1")]
    [InlineData("-a:'x=y'", "--a=x=y")]
    [InlineData("-a:'-1'", "--a", "-1")]
    [InlineData("-a:''", "--a=")]
    [InlineData("-a:$true", "--a")]
    [InlineData("-a:$true -b:'1'", "--a", "--b", "1")]
    [InlineData("-a:$false", "--a=False")]
    [InlineData("-a:'1','2'", "--a", "1", "--A", "2")]
    [InlineData("-numLines:'5'", "--num-Lines", "5")]
    [InlineData("-a:'1' 'x'", "x", "--a=1")]
    [InlineData("-a:'it''s; $(rm)'", "--a", "it's; $(rm)")]
    [InlineData("-a:'‘‘'", "--a", "‘")]
    public void Translate_Arguments_AreQuotedParameters(string expected, params string[] arguments) =>
        Assert.Equal(expected, string.Join(' ', ScriptParameters.Translate(arguments).Arguments));

    [Theory]
    [InlineData("--")]
    [InlineData("--a;b")]
    [InlineData("--$(x)")]
    [InlineData("--1")]
    public void Translate_OtherNames_AreRefused(string argument) =>
        Assert.Throws<UsageException>(() => ScriptParameters.Translate([argument]));
}
