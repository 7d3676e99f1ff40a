using Toil.Cwl.Model;
using Toil.Cwl.Tests.Loading;
using Xunit;

namespace Toil.Cwl.Tests.Validation;

public class WorkflowCheckerTests
{
    private const string AllFeatures = "ScatterFeatureRequirement: {}, MultipleInputFeatureRequirement: {}, StepInputExpressionRequirement: {}, SubworkflowFeatureRequirement: {}";

    [Fact]
    public async Task Check_LinkedWorkflow_HasReferencesByStepAndName()
    {
        var workflow = await Documents("""
            inputs: {files: 'File[]', word: string}
            outputs:
              found: {type: 'File[]', outputSource: count/out}
            steps:
              grep: {run: grep.cwl, scatter: file, in: {file: files, word: {source: word, valueFrom: $(self)}}, out: [out]}
              count: {run: grep.cwl, scatter: file, in: {file: {source: [grep/out], linkMerge: merge_flattened}, word: {default: x}}, out: [{id: out}]}
            """).LoadAsync<CwlWorkflow>();
        Assert.Equal([new SourceReference("count", "out")], workflow.Outputs[0].Sources);
        Assert.Equal([new SourceReference(null, "files")], workflow.Steps[0].Inputs[0].Sources);
        Assert.Equal([new SourceReference("grep", "out")], workflow.Steps[1].Inputs[0].Sources);
        Assert.Equal((true, LinkMerge.MergeFlattened), (workflow.Steps[1].Inputs[0].HasSourceList, workflow.Steps[1].Inputs[0].LinkMerge));
        Assert.Equal((true, "x"), (workflow.Steps[1].Inputs[1].HasDefault, workflow.Steps[1].Inputs[1].Default));
        Assert.Equal(["file"], workflow.Steps[0].Scatter);
    }

    [Fact]
    public async Task Check_PackedWorkflow_HasTheSameReferences()
    {
        var workflow = await MemoryDocuments.Of("""
            cwlVersion: v1.2
            $graph:
            - class: Workflow
              id: "#main"
              inputs: [{id: "#main/x", type: string}]
              outputs: [{id: "#main/o", type: string, outputSource: "#main/s/y"}]
              steps: [{id: "#main/s", run: "#tool", in: [{id: "#main/s/x", source: "#main/x"}], out: ["#main/s/y"]}]
            - {class: Operation, id: "#tool", inputs: [{id: "#tool/x", type: string}], outputs: [{id: "#tool/y", type: string}]}
            """).LoadAsync<CwlWorkflow>();
        Assert.Equal([new SourceReference("s", "y")], workflow.Outputs[0].Sources);
        Assert.Equal([new SourceReference(null, "x")], workflow.Steps[0].Inputs[0].Sources);
        Assert.Equal(("s", "y", "file:///docs/main.cwl#tool"), (workflow.Steps[0].Name, workflow.Steps[0].Outputs[0], workflow.Steps[0].Run.Id));
    }

    [Theory]
    [InlineData("in: {file: fil, word: word}", "10:10: error: Input 'file' of step 's' has the source 'fil', but the workflow has no such input. Did you mean 'file'?")]
    [InlineData("in: {file: x/out, word: word}", "10:10: error: Input 'file' of step 's' has the source 'x/out', but the workflow has no such step 'x'. Did you mean 's/out'?")]
    [InlineData("in: {file: other, word: word}", "10:10: error: Input 'file' of step 's' has the source 'other', which is a step; name one of its outputs: other/out.")]
    [InlineData("in: {file: other/result, word: word}", "10:10: error: Input 'file' of step 's' has the source 'other/result', but step 'other' has no output 'result'.")]
    [InlineData("in: {file: word, word: word}", "10:10: error: Input 'file' of step 's' takes File, but input 'word' gives string.")]
    [InlineData("in: {file: files, word: word}", "10:10: error: Input 'file' of step 's' takes File, but input 'files' gives File[].")]
    [InlineData("in: {file: file}", "7:3: error: Step 's' gives no value to the input 'word' of what it runs, which needs string. Add a source, a default or valueFrom.")]
    [InlineData("in: {file: maybe, word: word}", "10:10: warning: Input 'file' of step 's' takes File, but input 'maybe' may give something else of File?.")]
    [InlineData("in: {file: file, word: word, wrod: word}", "10:34: warning: 'wrod' is not an input of what step 's' runs, which has file, word. Did you mean 'word'?")]
    [InlineData("in: {file: {source: [file, file]}, word: word}", "10:10: error: Input 'file' of step 's' takes File, but input 'file' gives File[].")]
    [InlineData("in: {file: {source: file, pickValue: first_non_null}, word: word}", "10:10: warning: Input 'file' of step 's' has 'pickValue', but input 'file' is a single value.")]
    [InlineData("in: {file: other/skipped, word: word}", "10:10: error: Input 'file' of step 's' has the source 'other/skipped', but step 'other' has no output 'skipped'.")]
    [InlineData("in: {file: skippable/out, word: word}", "10:10: warning: Input 'file' of step 's' takes File, but 'skippable/out' is null if its step is skipped.")]
    [InlineData("{in: {file: file, word: word}, scatter: fil}", "7:3: error: Step 's' scatters over 'fil', which is not among its inputs. Did you mean 'file'?")]
    [InlineData("{in: {file: file, word: word}, scatter: file}", "10:11: error: Input 'file' of step 's' takes File[] (it is scattered over), but input 'file' gives File.")]
    [InlineData("{in: {file: files, word: words}, scatter: [file, word]}", "7:3: error: Step 's' scatters over several inputs; say how by 'scatterMethod': dotproduct, nested_crossproduct or flat_crossproduct.")]
    [InlineData("{in: {file: file, word: word}, when: 5}", "10:42: error: 'when' must be a text; found 5. Put it into quotes.")]
    public async Task Check_WrongStep_SaysWhereAndWhat(string step, string expected)
    {
        var documents = Documents($$"""
            inputs: {file: File, files: 'File[]', maybe: File?, word: string, words: 'string[]'}
            outputs: {}
            steps:
              s:
                run: grep.cwl
                out: [out]
                {{(step.StartsWith('{') ? $"<<: {step}" : step)}}
              other: {run: grep.cwl, in: {file: file, word: word}, out: [out]}
              skippable: {run: grep.cwl, in: {file: file, word: word}, out: [out], when: $(inputs.word)}
            """);
        var problems = await documents.ProblemsAsync();
        Assert.Contains("main.cwl:" + Shift(expected, step), problems);
    }

    [Theory]
    [InlineData("out: {type: string, outputSource: s/out}", "main.cwl:5:11: error: Output 'out' takes string, but 's/out' gives File.")]
    [InlineData("out: {type: File, outputSource: s/uot}", "main.cwl:5:11: error: Output 'out' has the source 's/uot', but step 's' has no output 'uot'. Did you mean 'out'?")]
    [InlineData("out: File", "main.cwl:5:11: error: Output 'out' has no 'outputSource'; name the step's output that it comes from.")]
    [InlineData("out: {type: File, outputSource: s/out, linkMerge: nested}", "main.cwl:5:61: error: 'linkMerge' must be one of merge_nested, merge_flattened; found the text 'nested'.")]
    public async Task Check_WrongOutput_SaysWhereAndWhat(string output, string expected) => Assert.Equal(
        [expected],
        await Documents($"inputs: {{file: File}}\noutputs: {{{output}}}\nsteps:\n  s: {{run: grep.cwl, in: {{file: file, word: {{default: w}}}}, out: [out]}}\n").ProblemsAsync());

    [Fact]
    public async Task Check_StepsThatWaitForEachOther_NamesTheCycle() => Assert.Equal(
        ["main.cwl:7:3: error: Steps wait for each other in a cycle: a → b → a."],
        await Documents("""
            inputs: {}
            outputs: {}
            steps:
              a: {run: grep.cwl, in: {file: b/out, word: {default: x}}, out: [out]}
              b: {run: grep.cwl, in: {file: a/out, word: {default: x}}, out: [out]}
              c: {run: grep.cwl, in: {file: b/out, word: {default: x}}, out: [out]}
            """).ProblemsAsync());

    [Theory]
    [InlineData("s: {run: grep.cwl, scatter: file, in: {file: files, word: word}, out: [out]}", "ScatterFeatureRequirement")]
    [InlineData("s: {run: grep.cwl, in: {file: file, word: {source: [word, word], pickValue: first_non_null}}, out: [out]}", "MultipleInputFeatureRequirement")]
    [InlineData("s: {run: grep.cwl, in: {file: file, word: {valueFrom: x}}, out: [out]}", "StepInputExpressionRequirement")]
    [InlineData("s: {run: {class: Workflow, inputs: {}, outputs: {}, steps: {}}, in: {}, out: []}", "SubworkflowFeatureRequirement")]
    public async Task Check_FeatureThatNobodyAskedFor_IsAnError_UnlessARequirementOrHintIsAroundIt(string step, string requirement)
    {
        string Text(string field) => $"inputs: {{file: File, files: 'File[]', word: string}}\noutputs: {{}}\n{field}steps:\n  {step}\n";
        Assert.Contains($"add {requirement}", Assert.Single(await Documents(Text(""), features: "").ProblemsAsync()), StringComparison.Ordinal);
        Assert.Empty(await Documents(Text($"hints: {{{requirement}: {{}}}}\n"), features: "").ProblemsAsync());
        Assert.Empty(await Documents(Text($"requirements: {{{requirement}: {{}}}}\n"), features: "").ProblemsAsync());
    }

    [Theory]
    [InlineData("{type: 'File[]', outputSource: [s/out, s/out]}", null)]
    [InlineData("{type: File, outputSource: [s/out, s/out], pickValue: first_non_null}", null)]
    [InlineData("{type: 'File[]', outputSource: [s/out, s/out], pickValue: all_non_null}", null)]
    [InlineData("{type: File, outputSource: [s/out, s/out], pickValue: all_non_null}", "takes File, but 's/out' gives File[].")]
    [InlineData("{type: 'File[]', outputSource: [s/out, s/out], linkMerge: merge_flattened}", null)]
    [InlineData("{type: 'File[][]', outputSource: [s/out, s/out], linkMerge: merge_flattened}", "takes File[][], but 's/out' gives File[].")]
    [InlineData("{type: 'File[]', outputSource: s/out, linkMerge: merge_nested}", null)]
    public async Task Check_MergedSources_AreComparedAfterMerging(string output, string? expected)
    {
        var problems = await Documents($"inputs: {{file: File}}\noutputs: {{o: {output}}}\nsteps:\n  s: {{run: grep.cwl, in: {{file: file, word: {{default: w}}}}, out: [out]}}\n").ProblemsAsync();
        Assert.Equal(expected is null, problems.Count == 0);
        Assert.All(problems, problem => Assert.EndsWith(expected!, problem, StringComparison.Ordinal));
    }

    /// <summary>A step with several fields is merged from a mapping in one line, which moves them by some columns.</summary>
    private static string Shift(string expected, string step) => step.StartsWith('{') && expected.StartsWith("10:", StringComparison.Ordinal)
        ? $"10:{int.Parse(expected.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture) + 4}:{expected.Split(':', 3)[2]}"
        : expected;

    private static MemoryDocuments Documents(string body, string features = AllFeatures)
    {
        var documents = MemoryDocuments.Of($"cwlVersion: v1.2\nclass: Workflow\n{(features.Length > 0 ? $"requirements: {{{features}}}\n" : "")}{body}");
        documents["grep.cwl"] = "cwlVersion: v1.2\nclass: CommandLineTool\nbaseCommand: grep\ninputs: {file: File, word: string}\noutputs: {out: stdout}\n";
        return documents;
    }
}
