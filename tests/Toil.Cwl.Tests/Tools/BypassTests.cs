using Toil.Cwl.Files;
using Toil.Cwl.Model;
using Toil.Cwl.Tools;
using Xunit;
using static Toil.Cwl.Tests.Tools.ToolWorld;

namespace Toil.Cwl.Tests.Tools;

/// <summary>Files that jobs share by their paths instead of the job store.</summary>
public class BypassTests
{
    private static readonly CommandLineTool Append = Script("echo more >> a.txt", OutputFile("out", "a.txt")) with
    {
        Inputs = [Input("in", PrimitiveKind.File)],
        Requirements =
        [
            new InitialWorkDirRequirement { Listing = new List<object?> { new Dirent(Text("a.txt"), Text("$(inputs.in)"), true) }, Position = Here },
            new InplaceUpdateRequirement { Enable = true, Position = Here },
        ],
    };

    [Fact]
    public async Task Run_InplaceUpdate_ChangesTheFileItself()
    {
        using var world = new ToolWorld();
        var first = (await world.RunAsync(Script("echo one > x.txt", OutputFile("out", "x.txt")), null, Options(world)))["out"];
        var path = LocalFiles.TryGetPath((OrderedDictionary<string, object?>)first!)!;
        var second = (OrderedDictionary<string, object?>)(await world.RunAsync(Append, Map(("in", first)), Options(world)))["out"]!;
        Assert.Equal("one\nmore\n", await File.ReadAllTextAsync(path, Cancel));
        Assert.Equal(path, LocalFiles.TryGetPath(second));
    }

    [Fact]
    public async Task Run_InplaceUpdateOfWhatTheUserGave_ChangesACopy()
    {
        using var world = new ToolWorld();
        await File.WriteAllTextAsync(world["mine.txt"], "one\n", Cancel);
        var mine = Map(("class", "File"), ("location", LocalFiles.ToUri(world["mine.txt"])), ("basename", "mine.txt"));
        var second = (OrderedDictionary<string, object?>)(await world.RunAsync(Append, Map(("in", mine)), Options(world)))["out"]!;
        Assert.Equal("one\n", await File.ReadAllTextAsync(world["mine.txt"], Cancel));
        Assert.Equal("one\nmore\n", await File.ReadAllTextAsync(LocalFiles.TryGetPath(second)!, Cancel));
    }

    [Fact]
    public async Task Run_WithoutInplaceUpdate_ChangesACopy()
    {
        using var world = new ToolWorld();
        var first = (await world.RunAsync(Script("echo one > x.txt", OutputFile("out", "x.txt")), null, Options(world)))["out"];
        var second = (OrderedDictionary<string, object?>)(await world.RunAsync(Append with { Requirements = [Append.Requirements[0]] }, Map(("in", first)), Options(world)))["out"]!;
        Assert.Equal("one\n", await File.ReadAllTextAsync(LocalFiles.TryGetPath((OrderedDictionary<string, object?>)first!)!, Cancel));
        Assert.Equal("one\nmore\n", await File.ReadAllTextAsync(LocalFiles.TryGetPath(second)!, Cancel));
    }

    [Fact]
    public async Task Run_InplaceUpdateInTheJobStore_IsRefused()
    {
        using var world = new ToolWorld();
        var file = await world.FileAsync("a.txt", "");
        var error = await Assert.ThrowsAsync<UnsupportedRequirementException>(() => world.RunAsync(Append, Map(("in", file))));
        Assert.Contains("--bypass-file-store", error.Message, StringComparison.Ordinal);
    }

    private static ToolOptions Options(ToolWorld world) => new() { Container = ContainerChoice.None, BypassDirectory = world["shared"] };
}
