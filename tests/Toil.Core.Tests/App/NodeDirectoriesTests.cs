using Toil.Tests.Fakes;
using Xunit;

namespace Toil.Tests.App;

public class NodeDirectoriesTests
{
    [Fact]
    public void Check_Defaults_Exist() => NodeDirectories.Check(new ToilOptions());

    [Fact]
    public void Check_AbsentDirectory_NamesOptionAndVariables()
    {
        using var directory = new TemporaryDirectory();
        var absent = directory["absent"];

        var work = Assert.Throws<UsageException>(() => NodeDirectories.Check(new ToilOptions { WorkDir = absent })).Message;
        var coordination = Assert.Throws<UsageException>(() => NodeDirectories.Check(new ToilOptions { CoordinationDir = absent })).Message;

        Assert.Equal($"There is no directory {absent}, which --workDir, TOIL_WORKDIR or TOIL_WORKDIR_OVERRIDE names. Make it first, or name another one.", work);
        Assert.Contains("--coordinationDir, TOIL_COORDINATION_DIR or TOIL_COORDINATION_DIR_OVERRIDE", coordination, StringComparison.Ordinal);
    }
}
