using Toil.Cwl.Loading;
using Toil.Cwl.Model;
using Xunit;

namespace Toil.Cwl.Tests.Loading;

public class DocumentLoaderTests
{
    private const string Tool = "cwlVersion: v1.2\nclass: CommandLineTool\nbaseCommand: echo\ninputs: {x: string}\noutputs: {}\n";

    [Fact]
    public async Task Load_Graph_ChoosesMain_OrTheProcessOfTheFragment()
    {
        var documents = MemoryDocuments.Of("cwlVersion: v1.1\n$graph:\n- {class: CommandLineTool, id: main, inputs: [], outputs: []}\n- {class: ExpressionTool, id: '#other', inputs: [], outputs: [], expression: $(null)}\n");
        Assert.Equal("file:///docs/main.cwl#main", (await documents.LoadAsync<CommandLineTool>()).Id);
        var other = await documents.LoadAsync<ExpressionTool>("main.cwl#other");
        Assert.Equal("file:///docs/main.cwl#other", other.Id);
        Assert.Equal(CwlVersion.V1_1, other.Version);
    }

    [Fact]
    public async Task Load_FragmentThatIsNotThere_NamesThoseThatAre()
    {
        var documents = MemoryDocuments.Of("cwlVersion: v1.2\n$graph:\n- {class: CommandLineTool, id: align, inputs: [], outputs: []}\n- {class: CommandLineTool, id: sort, inputs: [], outputs: []}\n");
        Assert.Equal(["main.cwl#algin: error: main.cwl has no process 'algin'. Did you mean 'align'? Choose one of #align, #sort."], await documents.ProblemsAsync("main.cwl#algin"));
    }

    [Fact]
    public async Task Load_DocumentsOfDifferentVersions_EachFollowTheirOwn()
    {
        var documents = MemoryDocuments.Of("cwlVersion: v1.2\nclass: Workflow\ninputs: {x: string}\noutputs: {}\nsteps:\n  old: {run: old.cwl, in: {x: x}, out: []}\n");
        documents["old.cwl"] = Tool.Replace("v1.2", "v1.0", StringComparison.Ordinal);
        var workflow = await documents.LoadAsync<CwlWorkflow>();
        Assert.Equal((CwlVersion.V1_2, CwlVersion.V1_0), (workflow.Version, workflow.Steps[0].Run.Version));
    }

    [Fact]
    public async Task Load_DocumentsWithOntologies_HoldForAllOfThem()
    {
        var documents = MemoryDocuments.Of("cwlVersion: v1.2\nclass: Workflow\n$schemas: [EDAM.owl]\ninputs: {x: string}\noutputs: {}\nsteps:\n  a: {run: tool.cwl, in: {x: x}, out: []}\n");
        documents["tool.cwl"] = Tool + "$schemas: [gx.ttl, EDAM.owl]\n";
        var workflow = await documents.LoadAsync<CwlWorkflow>();
        Assert.Equal(["file:///docs/EDAM.owl", "file:///docs/gx.ttl"], workflow.Vocabulary.Schemas);
        Assert.Equal(workflow.Vocabulary.Schemas, workflow.Steps[0].Run.Vocabulary.Schemas);
    }

    [Fact]
    public async Task Load_SameToolInSeveralSteps_IsMadeOnce()
    {
        var documents = MemoryDocuments.Of("cwlVersion: v1.2\nclass: Workflow\ninputs: {x: string}\noutputs: {}\nsteps:\n  a: {run: tool.cwl, in: {x: x}, out: []}\n  b: {run: tool.cwl, in: {x: x}, out: []}\n");
        documents["tool.cwl"] = Tool;
        var workflow = await documents.LoadAsync<CwlWorkflow>();
        Assert.Same(workflow.Steps[0].Run, workflow.Steps[1].Run);
        Assert.Single(documents.Read, uri => uri.EndsWith("tool.cwl", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Load_FromItsBundle_GivesTheSameProcessAndPositions()
    {
        var documents = MemoryDocuments.Of("cwlVersion: v1.2\nclass: Workflow\ninputs: {x: string}\noutputs: {}\nsteps:\n  a: {run: tool.cwl, in: {x: x}, out: []}\n");
        documents["tool.cwl"] = Tool + "doc: {$include: doc.txt}\n";
        documents["doc.txt"] = "Prints: it.";
        var first = await documents.LoadAsync();
        var bundle = DocumentBundle.Decode(first.Bundle.Encode());
        var second = await DocumentLoader.LoadAsync(bundle.Reference, bundle, LoadOptions.Default, TestContext.Current.CancellationToken);

        var (one, two) = ((CwlWorkflow)first.GetProcess(), (CwlWorkflow)second.GetProcess());
        Assert.Equal(["file:///docs/main.cwl", "file:///docs/tool.cwl", "file:///docs/doc.txt"], bundle.Uris);
        Assert.Equal((one.Id, one.Steps[0].Run.Id, one.Steps[0].Run.Position), (two.Id, two.Steps[0].Run.Id, two.Steps[0].Run.Position));
        Assert.Equal("Prints: it.", two.Steps[0].Run.Doc);
    }

    [Fact]
    public void Decode_DamagedBundle_Throws() =>
        Assert.Throws<InvalidDataException>(() => DocumentBundle.Decode(new DocumentBundle { Reference = "file:///x" }.Encode().AsSpan(0, 3)));

    [Theory]
    [InlineData("draft-3", "older than CWL v1.0")]
    [InlineData("v1.0.dev4", "older than CWL v1.0")]
    [InlineData("v1.3", "must be v1.0, v1.1 or v1.2; found the text 'v1.3'. Did you mean 'v1.0'?")]
    [InlineData("1.2", "must be v1.0, v1.1 or v1.2; found 1.2.")]
    public async Task Load_UnknownVersion_SaysWhatToDo(string version, string message) =>
        Assert.Contains(message, Assert.Single(await MemoryDocuments.Of(Tool.Replace("v1.2", version, StringComparison.Ordinal)).ProblemsAsync()), StringComparison.Ordinal);

    [Fact]
    public async Task Load_DraftOfAVersion_IsReadAsThatVersion()
    {
        var loaded = await MemoryDocuments.Of(Tool.Replace("v1.2", "v1.2.0-dev5", StringComparison.Ordinal)).LoadAsync();
        Assert.Equal(CwlVersion.V1_2, loaded.GetProcess().Version);
        Assert.Equal(Severity.Warning, Assert.Single(loaded.Problems).Severity);
    }

    [Fact]
    public async Task Load_WhatIsNotThere_SaysWhoNamesIt()
    {
        Assert.Equal(["gone.cwl: error: gone.cwl can't be read. There is no such file."], await new MemoryDocuments().ProblemsAsync("gone.cwl"));
        var documents = MemoryDocuments.Of("cwlVersion: v1.2\nclass: Workflow\ninputs: {}\noutputs: {}\nsteps:\n  a: {run: gone.cwl, in: {}, out: []}\n");
        Assert.Equal(["main.cwl:6:12: error: gone.cwl can't be read. There is no such file."], await documents.ProblemsAsync());
    }

    [Fact]
    public async Task Load_WorkflowsThatRunEachOther_NamesTheCycle()
    {
        var documents = MemoryDocuments.Of("cwlVersion: v1.2\nclass: Workflow\ninputs: {}\noutputs: {}\nrequirements: {SubworkflowFeatureRequirement: {}}\nsteps:\n  a: {run: b.cwl, in: {}, out: []}\n");
        documents["b.cwl"] = "cwlVersion: v1.2\nclass: Workflow\ninputs: {}\noutputs: {}\nrequirements: {SubworkflowFeatureRequirement: {}}\nsteps:\n  a: {run: main.cwl, in: {}, out: []}\n";
        Assert.Contains("cycle: main.cwl → b.cwl → main.cwl.", Assert.Single(await documents.ProblemsAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_InputObjectThatNamesItsTool_LoadsBoth()
    {
        var documents = new MemoryDocuments { ["job.yml"] = "cwl:tool: tool.cwl\nx: hello\n", ["tool.cwl"] = Tool };
        var loaded = await documents.LoadAsync("job.yml");
        Assert.IsType<CommandLineTool>(loaded.GetProcess());
        Assert.Equal("hello", loaded.Inputs!.Values["x"]);
        Assert.Equal("file:///docs/tool.cwl", loaded.Reference);
    }

    [Fact]
    public async Task GetProcess_WithErrors_ThrowsAllOfThem()
    {
        var loaded = await MemoryDocuments.Of("cwlVersion: v1.2\nclass: CommandLineTool\ninputs: {x: strin}\noutput: []\n").LoadAsync();
        var error = Assert.Throws<CwlException>(loaded.GetProcess);
        Assert.Equal(
            [
                "/docs/main.cwl:1:1: error: CommandLineTool needs the field 'outputs'.",
                "/docs/main.cwl:3:13: error: There is no type 'strin'. Did you mean 'string'? A type of your own must be defined by a SchemaDefRequirement.",
            ],
            error.Message.Split('\n')[..2]);
        Assert.Contains("/docs/main.cwl:4:1: error: CommandLineTool has no field 'output'. Did you mean 'outputs'?", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/a/b c.cwl", "file:///a/b%20c.cwl")]
    [InlineData("/a/b.cwl#main", "file:///a/b.cwl#main")]
    [InlineData("file:///a/b.cwl#x/y", "file:///a/b.cwl#x/y")]
    [InlineData("https://example.com/b.cwl", "https://example.com/b.cwl")]
    public void ToUri_WhatUsersWrite_IsAbsolute(string reference, string expected) => Assert.Equal(expected, DocumentLoader.ToUri(reference));

    [Fact]
    public void ToUri_FileWithHashInItsName_IsThatFile()
    {
        var directory = Directory.CreateTempSubdirectory("toil-cwl-");
        try
        {
            var path = Path.Combine(directory.FullName, "a#b.cwl");
            File.WriteAllText(path, Tool);
            Assert.EndsWith("/a%23b.cwl", DocumentLoader.ToUri(path), StringComparison.Ordinal);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
