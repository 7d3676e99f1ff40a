using Toil.Cwl.Files;
using Toil.Cwl.Tests.Tools;
using Xunit;

namespace Toil.Cwl.Tests.Files;

public class GlobTests
{
    [Theory]
    [InlineData("a.txt", "*.txt", true)]
    [InlineData(".a.txt", "*.txt", false)]
    [InlineData(".a.txt", ".*.txt", true)]
    [InlineData("abc", "a?c", true)]
    [InlineData("a/c", "a?d", false)]
    [InlineData("b1", "[a-c][!2-9]", true)]
    [InlineData("b2", "[a-c][!2-9]", false)]
    [InlineData("]", "[]]", true)]
    [InlineData("[x", "[x", true)]
    [InlineData("*", "\\*", true)]
    [InlineData("x", "\\*", false)]
    [InlineData("aXbXc", "a*X*c", true)]
    [InlineData("aXbX", "a*X*c", false)]
    [InlineData("new\nline", "new*", true)]
    public void Matches_Name_FollowsGlob(string name, string pattern, bool expected) => Assert.Equal(expected, Glob.Matches(name, pattern));

    [Fact]
    public void Find_Pattern_GivesSortedPathsInside()
    {
        using var world = new ToolWorld();
        foreach (var path in new[] { "b/2.txt", "b/10.txt", "a/1.txt", "c.txt", ".hidden/3.txt" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(world[path])!);
            File.WriteAllText(world[path], "");
        }

        Assert.Equal(["a/1.txt", "b/10.txt", "b/2.txt"], Glob.Find(world["."], "[ab]/*.txt"));
        Assert.Equal(["c.txt"], Glob.Find(world["."], "./c.txt"));
        Assert.Equal(["."], Glob.Find(world["."], "."));
        Assert.Empty(Glob.Find(world["."], "none"));
        Assert.Throws<ToilException>(() => Glob.Find(world["."], "a/../../x"));
    }
}
