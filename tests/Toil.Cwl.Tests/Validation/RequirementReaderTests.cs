using Toil.Cwl.Model;
using Toil.Cwl.Tests.Loading;
using Xunit;

namespace Toil.Cwl.Tests.Validation;

public class RequirementReaderTests
{
    [Fact]
    public async Task Read_AllRequirements_AreInTheModel()
    {
        var requirements = (await Tool("""
            requirements:
              DockerRequirement: {dockerPull: a, dockerLoad: b, dockerFile: c, dockerImport: d, dockerImageId: e, dockerOutputDirectory: /f}
              SoftwareRequirement: {packages: {bwa: {version: ["0.7"], specs: [http://x]}, samtools: [http://y]}}
              EnvVarRequirement: {envDef: {A: b, C: {envValue: $(inputs)}}}
              ResourceRequirement: {coresMin: 0.5, coresMax: 2, ramMin: $(inputs), ramMax: 4, tmpdirMin: 5, tmpdirMax: 6, outdirMin: 7, outdirMax: 8}
              InitialWorkDirRequirement: {listing: [null, $(inputs), {entry: text, entryname: a.txt, writable: true}, {class: File, location: x.txt}, [{class: Directory, path: d}]]}
              ToolTimeLimit: {timelimit: 60}
              WorkReuse: {enableReuse: false}
              NetworkAccess: {networkAccess: $(inputs)}
              InplaceUpdateRequirement: {inplaceUpdate: true}
              LoadListingRequirement: {loadListing: deep_listing}
              ShellCommandRequirement: {}
            """)).Requirements;
        T Get<T>()
            where T : Requirement => Assert.Single(requirements.OfType<T>());

        var docker = Get<DockerRequirement>();
        Assert.Equal(("a", "b", "c", "d", "e", "/f"), (docker.Pull, docker.Load, docker.File, docker.Import, docker.ImageId, docker.OutputDirectory));
        Assert.Equal([("bwa", "0.7", "http://x"), ("samtools", "", "http://y")], Get<SoftwareRequirement>().Packages.Select(package => (package.Name, string.Join(" ", package.Versions), package.Specs[0])));
        Assert.Equal([("A", "b"), ("C", "$(inputs)")], Get<EnvVarRequirement>().Variables.Select(variable => (variable.Name, variable.Value.Source)));
        var resources = Get<ResourceRequirement>();
        Assert.Equal((0.5, 2L, "$(inputs)", 4L), (resources.CoresMin, resources.CoresMax, ((CwlText)resources.RamMin!).Source, resources.RamMax));
        Assert.Equal((5L, 6L, 7L, 8L), (resources.TmpdirMin, resources.TmpdirMax, resources.OutdirMin, resources.OutdirMax));
        var listing = (List<object?>)Get<InitialWorkDirRequirement>().Listing;
        Assert.Null(listing[0]);
        Assert.Equal("$(inputs)", Assert.IsType<CwlText>(listing[1]).Source);
        var entry = Assert.IsType<Dirent>(listing[2]);
        Assert.Equal(("text", "a.txt", true), (entry.Entry.Source, entry.EntryName!.Source, entry.Writable));
        Assert.Equal("file:///docs/x.txt", ((OrderedDictionary<string, object?>)listing[3]!)["location"]);
        Assert.Equal("file:///docs/d", ((OrderedDictionary<string, object?>)Assert.IsType<List<object?>>(listing[4])[0]!)["location"]);
        Assert.Equal((60L, false, "$(inputs)"), (Get<ToolTimeLimitRequirement>().Seconds, Get<WorkReuseRequirement>().Enable, ((CwlText)Get<NetworkAccessRequirement>().Enable).Source));
        Assert.Equal((true, LoadListing.Deep), (Get<InplaceUpdateRequirement>().Enable, Get<LoadListingRequirement>().Listing));
        Get<ShellCommandRequirement>();
    }

    [Fact]
    public async Task Read_ExtensionsOfOlderVersions_AreWhatTheyBecame()
    {
        var hints = (await MemoryDocuments.Of("""
            cwlVersion: v1.0
            class: CommandLineTool
            $namespaces: {cwltool: "http://commonwl.org/cwltool#"}
            inputs: []
            outputs: []
            hints:
            - {class: cwltool:LoadListingRequirement, loadListing: shallow_listing}
            - {class: cwltool:TimeLimit, timelimit: 5}
            - {class: cwltool:WorkReuse, enableReuse: false}
            - {class: cwltool:NetworkAccess, networkAccess: true}
            - {class: cwltool:InplaceUpdateRequirement, inplaceUpdate: true}
            - {class: "http://commonwl.org/cwltool#CUDARequirement", cudaVersionMin: "11.4", cudaComputeCapability: "3.0", cudaDeviceCountMin: 2}
            """).LoadAsync<CommandLineTool>()).Hints;
        Assert.Equal(
            [typeof(LoadListingRequirement), typeof(ToolTimeLimitRequirement), typeof(WorkReuseRequirement), typeof(NetworkAccessRequirement), typeof(InplaceUpdateRequirement), typeof(CudaRequirement)],
            hints.Select(hint => hint.GetType()));
        Assert.Equal(("11.4", "3.0", 2L), (((CudaRequirement)hints[5]).MinimumVersion, ((CudaRequirement)hints[5]).ComputeCapabilities[0], ((CudaRequirement)hints[5]).CountMin));
    }

    [Theory]
    [InlineData("requirements: {DokerRequirement: {}}", "main.cwl:6:16: error: There is no requirement DokerRequirement. Did you mean 'DockerRequirement'? If it is not essential, move it to 'hints'.")]
    [InlineData("hints: {DokerRequirement: {}}", "main.cwl:6:9: warning: There is no requirement DokerRequirement. Did you mean 'DockerRequirement'? The hint is ignored.")]
    [InlineData("hints: [{class: arv:RunInSingleContainer}]", "main.cwl:6:9: warning: The extension arv:RunInSingleContainer is not known here. The hint is ignored.")]
    [InlineData("requirements: [{class: cwltool:Loop}]", "main.cwl:6:16: error: The extension cwltool:Loop is not known here. Steps can't loop here: put the loop into the tool, or write out its rounds as steps with 'when'.")]
    [InlineData("requirements: {ShellCommandRequirement: }", "main.cwl:6:40: error: A requirement must be a mapping; write 'ShellCommandRequirement: {}' if it has no fields. Found nothing.")]
    [InlineData("requirements: [{}]", "main.cwl:6:16: error: A requirement needs the field 'class'.")]
    [InlineData("requirements: {class: DockerRequirement}", "main.cwl:6:15: error: 'requirements' must be a list, or a mapping from each 'class'; found a mapping of class DockerRequirement.")]
    [InlineData("requirements: {DockerRequirement: {dockerpull: x}}", "main.cwl:6:36: error: DockerRequirement has no field 'dockerpull'. Did you mean 'dockerPull'?")]
    [InlineData("requirements: {ToolTimeLimit: {timelimit: -1}}", "main.cwl:6:43: error: 'timelimit' can't be negative; found -1.")]
    [InlineData("requirements: {LoadListingRequirement: {loadListing: deep}}", "main.cwl:6:54: error: 'loadListing' must be one of no_listing, shallow_listing, deep_listing; found the text 'deep'.")]
    [InlineData("requirements: {InitialWorkDirRequirement: {listing: 5}}", "main.cwl:6:53: error: 'listing' must hold expressions, Files, Directories, or mappings with 'entry' and 'entryname'; found 5.")]
    public async Task Read_WrongRequirement_SaysWhereAndWhat(string text, string expected) =>
        Assert.Equal([expected], await MemoryDocuments.Of(Head + text).ProblemsAsync());

    private const string Head = "cwlVersion: v1.2\nclass: CommandLineTool\nbaseCommand: echo\ninputs: {}\noutputs: {}\n";

    private static Task<CommandLineTool> Tool(string text) => MemoryDocuments.Of(Head + text).LoadAsync<CommandLineTool>();
}
