using Toil.Files;
using Toil.Tests.Fakes;
using Xunit;

namespace Toil.Tests.Files;

public sealed class TempSpaceTests : IDisposable
{
    private static readonly Guid Workflow = Guid.Parse("01234567-89ab-cdef-0123-456789abcdef");
    private readonly TemporaryDirectory _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Create_MakesAPrivateDirectoryNamedAfterTheWorkflow()
    {
        var space = TempSpace.Create(_work.Path, Workflow);

        Assert.Equal(_work["toil-0123456789abcdef0123456789abcdef"], space.Directory);
        Assert.Equal("700", Modes.Get(space.Directory));
    }

    [Fact]
    public void Create_SecondAgentOfTheWorkflow_SharesIt()
    {
        File.WriteAllText(Path.Combine(TempSpace.Create(_work.Path, Workflow).Directory, "left"), "x");

        Assert.Single(Directory.EnumerateFiles(TempSpace.Create(_work.Path, Workflow).Directory));
    }

    [Fact]
    public void Create_MakesAnOpenDirectoryPrivate()
    {
        Modes.Set(Directory.CreateDirectory(TempSpace.PathOf(_work.Path, Workflow)).FullName, "777");

        Assert.Equal("700", Modes.Get(TempSpace.Create(_work.Path, Workflow).Directory));
    }

    [Fact]
    public void Create_WhereSomebodyPutALink_Refuses()
    {
        File.CreateSymbolicLink(TempSpace.PathOf(_work.Path, Workflow), _work.Path);

        var error = Assert.Throws<ToilException>(() => TempSpace.Create(_work.Path, Workflow));
        Assert.Contains("symbolic link", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_WhereAFileIs_SaysSo()
    {
        File.WriteAllText(TempSpace.PathOf(_work.Path, Workflow), "");
        Assert.Throws<ToilException>(() => TempSpace.Create(_work.Path, Workflow));
    }

    [Fact]
    public void Abandoned_IsWhatDeadAgentsOfThisNodeHaveLeft()
    {
        var own = TempSpace.CreateFor(_work.Path, Workflow, "1-1.1");
        var dead = Directory.CreateDirectory(own.Directory[..(own.Directory.LastIndexOf('.') + 1)] + "1").FullName;
        Directory.CreateDirectory($"{TempSpace.PathOf(_work.Path, Workflow)}-1-1.2-otherboot.1.1.1");

        Assert.Equal([dead], own.Abandoned());
    }

    [Fact]
    public void Remove_KeepsWhatLiveAgentsHaveAndDeferredActionsOfOthers()
    {
        var own = TempSpace.CreateFor(_work.Path, Workflow, "1-1.1");
        var elsewhere = $"{TempSpace.PathOf(_work.Path, Workflow)}-1-1.2-otherboot.1.1.1";
        var deferring = $"{TempSpace.PathOf(_work.Path, Workflow)}-1-1.3-otherboot.1.1.1";
        Directory.CreateDirectory(elsewhere);
        Directory.CreateDirectory(Path.Combine(deferring, "deferred"));

        TempSpace.Create(_work.Path, Workflow).Remove();

        Assert.Equal([own.Directory, deferring], Directory.EnumerateDirectories(_work.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Remove_TakesEverythingAndMayBeRepeated()
    {
        var space = TempSpace.Create(_work.Path, Workflow);
        Directory.CreateDirectory(Path.Combine(space.Directory, "a/b"));
        File.WriteAllText(Path.Combine(space.Directory, "a/b/c"), "x");
        space.Remove();
        space.Remove();

        Assert.Empty(Directory.EnumerateFileSystemEntries(_work.Path));
    }
}
