using Toil.Cwl.Files;
using Toil.Cwl.Loading;
using Toil.Cwl.Model;
using Toil.Cwl.Tests.Tools;
using Xunit;

namespace Toil.Cwl.Tests.Files;

public class SecondaryFilesTests
{
    [Theory]
    [InlineData(".bai", "a.bam", "a.bam.bai")]
    [InlineData("^.bai", "a.bam", "a.bai")]
    [InlineData("^^.dict", "ref.fa.gz", "ref.dict")]
    [InlineData("^^^.x", "a.b", "a.x")]
    public void Apply_Carets_TakeExtensionsOff(string pattern, string basename, string expected) => Assert.Equal(expected, SecondaryFiles.Apply(pattern, basename));

    [Fact]
    public async Task Find_FilesBeside_AreAddedAndMissingRequiredOnesAreErrors()
    {
        var there = new HashSet<string> { "file:///d/a%20b.bam.bai" };
        var file = ToolWorld.Map(("class", "File"), ("location", "file:///d/a%20b.bam"));
        var completed = await Find(file, there, new SecondaryFile(ToolWorld.Text(".bai"), null), new SecondaryFile(ToolWorld.Text("^.dict"), false));
        var secondary = (OrderedDictionary<string, object?>)Assert.Single(FileValues.ListOf(completed, "secondaryFiles"))!;
        Assert.Equal(("file:///d/a%20b.bam.bai", "a b.bam.bai"), (secondary["location"], secondary["basename"]));

        var error = await Assert.ThrowsAsync<CwlException>(async () => await Find(file, there, new SecondaryFile(ToolWorld.Text("^.dict"), true)));
        Assert.Contains("'a b.bam' needs a secondary file 'a b.dict'", error.Message, StringComparison.Ordinal);
    }

    private static async Task<OrderedDictionary<string, object?>> Find(OrderedDictionary<string, object?> file, HashSet<string> there, params SecondaryFile[] patterns) =>
        await SecondaryFiles.FindAsync(file, patterns, (text, _) => text.Source, uri => ValueTask.FromResult(there.Contains(uri) ? "File" : null));
}
