using Toil.Files;
using Toil.JobStores;
using Toil.Tests.Fakes;
using Xunit;

namespace Toil.Tests.Files;

public sealed class SpareDirectoriesTests : IDisposable
{
    private readonly TemporaryDirectory _root = new();
    private readonly SpareDirectories _spares = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Take_NothingWasKept_GivesNone() => Assert.False(_spares.TryTake(PathOf("next")));

    [Fact]
    public void Take_AfterKeep_GivesTheSameDirectoryEmptied()
    {
        var used = Make("used");
        var output = Directory.CreateDirectory(Path.Combine(used, "out")).FullName;
        File.WriteAllText(Path.Combine(output, "result"), "x");
        Directory.CreateDirectory(Path.Combine(output, "nested/deep"));
        File.WriteAllText(Path.Combine(output, "nested/deep/file"), "x");
        MakeFile(Path.Combine(used, "log"), "");
        MakeFile(Path.Combine(used, "written"), "x");
        var (inode, inner) = (FileStatus.Of(used)!.Value.Inode, FileStatus.Of(output)!.Value.Inode);

        Assert.True(_spares.TryKeep(used));
        Assert.False(Directory.Exists(used));
        Assert.True(_spares.TryTake(PathOf("next")));

        Assert.Equal(inode, FileStatus.Of(PathOf("next"))!.Value.Inode);
        Assert.Equal(inner, FileStatus.Of(PathOf("next/out"))!.Value.Inode);
        Assert.Equal(["log", "out"], Names("next"));
        Assert.Empty(Names("next/out"));
        Assert.False(_spares.TryTake(PathOf("another")));
    }

    [Theory]
    [InlineData("755")]
    [InlineData("500")]
    public void Keep_PermissionsWereChanged_IsLeft(string mode)
    {
        var used = Make("used");
        Modes.Set(used, mode);

        Assert.False(_spares.TryKeep(used));
        Assert.True(Directory.Exists(used));
    }

    [Fact]
    public void Keep_DirectoryInItWasLocked_IsKeptWithoutThat()
    {
        var used = Make("used");
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(used, "out")).FullName, "file"), "x");
        Modes.Set(Path.Combine(used, "out"), "555");

        Assert.True(_spares.TryKeep(used));
        _spares.TryTake(PathOf("next"));

        Assert.Empty(Names("next"));
    }

    [Fact]
    public void Keep_HasLinks_LeavesAloneWhatTheyLeadTo()
    {
        var outside = Directory.CreateDirectory(PathOf("outside")).FullName;
        MakeFile(Path.Combine(outside, "kept"), "x");
        MakeFile(Path.Combine(outside, "empty"), "");
        var used = Make("used");
        File.CreateSymbolicLink(Path.Combine(used, "link"), outside);
        File.CreateSymbolicLink(Path.Combine(Directory.CreateDirectory(Path.Combine(used, "out")).FullName, "link"), outside);
        AtomicName.TryLink(Path.Combine(outside, "empty"), Path.Combine(used, "hard"));

        Assert.True(_spares.TryKeep(used));
        _spares.TryTake(PathOf("next"));

        Assert.Equal(["empty", "kept"], Names("outside"));
        Assert.Equal(["out"], Names("next"));
        Assert.Empty(Names("next/out"));
    }

    [Fact]
    public void Take_KeptOneWasRemovedByOthers_GivesNone()
    {
        Assert.True(_spares.TryKeep(Make("used")));
        Directory.EnumerateDirectories(_root.Path).ToList().ForEach(Directory.Delete);

        Assert.False(_spares.TryTake(PathOf("next")));
    }

    private string PathOf(string name) => Path.Combine(_root.Path, name);

    private string Make(string name)
    {
        FileModes.MakeDirectory(PathOf(name));
        return PathOf(name);
    }

    private static void MakeFile(string path, string text)
    {
        File.WriteAllText(path, text);
        FileModes.Set(path, FileModes.PrivateFile);
    }

    private IEnumerable<string?> Names(string directory) => Directory.EnumerateFileSystemEntries(PathOf(directory)).Select(Path.GetFileName).Order();
}
