using Toil.Options;
using Xunit;

namespace Toil.Tests.Options;

public class NearestNameTests
{
    [Theory]
    [InlineData("--jobstor", "--jobStore")]
    [InlineData("--jobsotre", "--jobStore")]
    [InlineData("--clean-work-dir", "--cleanWorkDir")]
    [InlineData("--nolink", "--noLinkImports")]
    [InlineData("--provisioner", null)]
    [InlineData("--no", null)]
    public void Find_Name_IsTheNearestOrNone(string name, string? expected) =>
        Assert.Equal(expected, NearestName.Find(name, ["--clean", "--cleanWorkDir", "--jobStore", "--noLinkImports"]));
}
