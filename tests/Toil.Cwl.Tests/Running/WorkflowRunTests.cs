using Xunit;
using Record = System.Collections.Generic.OrderedDictionary<string, object?>;

namespace Toil.Cwl.Tests.Running;

public sealed class WorkflowRunTests : IDisposable
{
    private readonly CwlDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Run_StepsInSubworkflows_GetValuesAcrossBorders()
    {
        _directory.Write("inner.cwl", """
            cwlVersion: v1.2
            class: Workflow
            inputs: {text: string, tail: {type: string, default: end}}
            outputs: {both: {type: string, outputSource: join/said}}
            steps:
              say: {run: say.cwl, in: {text: text}, out: [said]}
              join: {run: join.cwl, in: {first: say/said, second: tail}, out: [said]}
            """);

        var outputs = await _directory.RunAsync("""
            cwlVersion: v1.2
            class: Workflow
            requirements: {SubworkflowFeatureRequirement: {}}
            inputs: {word: string, none: string?}
            outputs:
              result: {type: string, outputSource: after/said}
              word: {type: string, outputSource: word}
            steps:
              after: {run: say.cwl, in: {text: inner/both}, out: [said]}
              inner: {run: inner.cwl, in: {text: before/said, tail: none}, out: [both]}
              before: {run: say.cwl, in: {text: word}, out: [said]}
            """, new Record { ["word"] = "hello" });

        Assert.Equal("hello+end", outputs["result"]);
        Assert.Equal("hello", outputs["word"]);
    }

    [Fact]
    public async Task Run_Chain_KeepsNoFileLongerThanItsReaders()
    {
        using var directory = new CwlDirectory { KeepsStore = true };
        directory.Write("add.cwl", """
            cwlVersion: v1.2
            class: CommandLineTool
            baseCommand: [sh, -c, 'cat "$@"; echo line', sh]
            inputs: {before: {type: File?, inputBinding: {}}}
            stdout: lines.txt
            outputs: {after: stdout}
            """);
        var outputs = await directory.RunAsync("""
            cwlVersion: v1.2
            class: Workflow
            inputs: {}
            outputs: {last: {type: File, outputSource: third/after}}
            steps:
              first: {run: add.cwl, in: {}, out: [after]}
              second: {run: add.cwl, in: {before: first/after}, out: [after]}
              third: {run: add.cwl, in: {before: second/after}, out: [after]}
            """);

        Assert.Equal(15L, ((Record)outputs["last"]!)["size"]);
        var kept = Directory.EnumerateFiles(directory["store/files"], "*-lines.txt", SearchOption.AllDirectories);
        Assert.Equal(15, new FileInfo(Assert.Single(kept)).Length);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task Run_WithACallCache_RunsAToolOnceUnlessItsResultsMustNotBeReused(bool allowsReuse, int runs)
    {
        using var directory = new CwlDirectory { CallCache = "calls" };
        directory.Write("tool.cwl", $$"""
            cwlVersion: v1.2
            class: CommandLineTool
            requirements:
              WorkReuse: {enableReuse: {{(allowsReuse ? "true" : "false")}} }
            baseCommand: [sh, -c, 'echo run >> {{directory["runs"]}}; echo out']
            inputs: {}
            stdout: said.txt
            outputs: {said: stdout}
            """);
        const string workflow = """
            cwlVersion: v1.2
            class: Workflow
            inputs: {}
            outputs: {said: {type: File, outputSource: say/said}}
            steps:
              say: {run: tool.cwl, in: {}, out: [said]}
            """;
        await directory.RunAsync(workflow);
        var outputs = await directory.RunAsync(workflow);

        Assert.Equal(4L, ((Record)outputs["said"]!)["size"]);
        Assert.Equal(runs, (await File.ReadAllLinesAsync(directory["runs"], CwlDirectory.Cancellation)).Length);
    }

    [Theory]
    [InlineData("dotproduct", "a+x b+y")]
    [InlineData("flat_crossproduct", "a+x a+y b+x b+y")]
    public async Task Run_ScatterOverTwo_GivesAListInOrder(string method, string expected)
    {
        var outputs = await _directory.RunAsync(ScatterOverTwo(method, "string[]"), Two(["a", "b"], ["x", "y"]));

        Assert.Equal(expected.Split(' '), (List<object?>)outputs["result"]!);
    }

    [Fact]
    public async Task Run_NestedCrossproduct_GivesListsInLists()
    {
        var nested = "{type: array, items: {type: array, items: string}}";
        var outputs = await _directory.RunAsync(ScatterOverTwo("nested_crossproduct", nested), Two(["a", "b"], ["x", "y", "z"]));

        Assert.Equal(["a+x", "a+y", "a+z"], (List<object?>)((List<object?>)outputs["result"]!)[0]!);
        Assert.Equal(["b+x", "b+y", "b+z"], (List<object?>)((List<object?>)outputs["result"]!)[1]!);
    }

    [Theory]
    [InlineData("nested_crossproduct", 2)]
    [InlineData("flat_crossproduct", 0)]
    public async Task Run_ScatterOverNothing_KeepsTheOuterShape(string method, int length)
    {
        var nested = method == "flat_crossproduct" ? "string[]" : "{type: array, items: {type: array, items: string}}";
        var outputs = await _directory.RunAsync(ScatterOverTwo(method, nested), Two(["a", "b"], []));

        var result = (List<object?>)outputs["result"]!;
        Assert.Equal(length, result.Count);
        Assert.All(result, item => Assert.Empty((List<object?>)item!));
    }

    [Fact]
    public async Task Run_DotproductOfUnequalLengths_FailsNamingTheStep()
    {
        var failure = await Assert.ThrowsAsync<FailedJobsException>(() => _directory.RunAsync(ScatterOverTwo("dotproduct", "string[]"), Two(["a", "b"], ["x"])));

        Assert.Contains("first (2 items), second (1 items)", failure.Message, StringComparison.Ordinal);
        Assert.Contains("main.cwl:", failure.Jobs[0].Error.Position, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ScatterOverASubworkflow_RunsItForEachElement()
    {
        _directory.Write("inner.cwl", """
            cwlVersion: v1.2
            class: Workflow
            inputs: {text: string, other: string}
            outputs: {both: {type: string, outputSource: join/said}}
            steps:
              say: {run: say.cwl, in: {text: text}, out: [said]}
              join: {run: join.cwl, in: {first: say/said, second: other}, out: [said]}
            """);

        var outputs = await _directory.RunAsync("""
            cwlVersion: v1.2
            class: Workflow
            requirements: {SubworkflowFeatureRequirement: {}, ScatterFeatureRequirement: {}}
            inputs: {words: 'string[]', other: string}
            outputs: {result: {type: 'string[]', outputSource: last/said}}
            steps:
              each: {run: say.cwl, scatter: text, in: {text: words}, out: [said]}
              other: {run: say.cwl, in: {text: other}, out: [said]}
              inner: {run: inner.cwl, scatter: text, in: {text: each/said, other: other/said}, out: [both]}
              last: {run: say.cwl, scatter: text, in: {text: inner/both}, out: [said]}
            """, new Record { ["words"] = new List<object?> { "a", "b", "c" }, ["other"] = "z" });

        Assert.Equal(["a+z", "b+z", "c+z"], (List<object?>)outputs["result"]!);
    }

    [Theory]
    [InlineData(true, "said")]
    [InlineData(false, null)]
    public async Task Run_StepWithACondition_RunsOrGivesNull(bool condition, string? expected)
    {
        var outputs = await _directory.RunAsync("""
            cwlVersion: v1.2
            class: Workflow
            inputs: {go: boolean}
            outputs: {result: {type: string?, outputSource: say/said}}
            steps:
              say: {run: say.cwl, when: $(inputs.go), in: {go: go, text: {default: said}}, out: [said]}
            """, new Record { ["go"] = condition });

        Assert.Equal(expected, outputs["result"]);
    }

    [Fact]
    public async Task Run_ConditionalSubworkflow_RunsOrGivesNulls()
    {
        _directory.Write("inner.cwl", """
            cwlVersion: v1.2
            class: Workflow
            inputs: {text: string}
            outputs: {said: {type: string, outputSource: say/said}}
            steps:
              say: {run: say.cwl, in: {text: text}, out: [said]}
            """);

        var outputs = await _directory.RunAsync("""
            cwlVersion: v1.2
            class: Workflow
            requirements: {SubworkflowFeatureRequirement: {}, ScatterFeatureRequirement: {}, MultipleInputFeatureRequirement: {}}
            inputs: {go: 'boolean[]', words: 'string[]'}
            outputs:
              all: {type: {type: array, items: [string, 'null']}, outputSource: inner/said}
              some: {type: 'string[]', outputSource: inner/said, pickValue: all_non_null}
            steps:
              inner: {run: inner.cwl, when: $(inputs.go), scatter: [go, text], scatterMethod: dotproduct, in: {go: go, text: words}, out: [said]}
            """, new Record { ["go"] = new List<object?> { true, false, true }, ["words"] = new List<object?> { "a", "b", "c" } });

        Assert.Equal(["a", null, "c"], (List<object?>)outputs["all"]!);
        Assert.Equal(["a", "c"], (List<object?>)outputs["some"]!);
    }

    [Fact]
    public async Task Run_StepWhoseInputsAreThere_DoesNotWaitForOthersOfItsSubworkflow()
    {
        // 'slow' ends only when 'quick', a step of the subworkflow that also needs the slow one's value, has run.
        var sign = _directory["sign"];
        _directory.Write("wait.cwl", $$$"""
            cwlVersion: v1.2
            class: CommandLineTool
            baseCommand: [sh, -c, 'i=0; while [ ! -e {{{sign}}} ] && [ $i -lt 600 ]; do i=$((i+1)); sleep 0.05; done; [ -e {{{sign}}} ] && printf seen']
            inputs: []
            stdout: said.txt
            outputs:
              said: {type: string, outputBinding: {glob: said.txt, loadContents: true, outputEval: '$(self[0].contents)'}}
            """);
        _directory.Write("touch.cwl", $$$"""
            cwlVersion: v1.2
            class: CommandLineTool
            baseCommand: [touch, {{{sign}}}]
            inputs: {text: string}
            outputs: []
            """);
        _directory.Write("inner.cwl", """
            cwlVersion: v1.2
            class: Workflow
            inputs: {quick: string, slow: string}
            outputs: {said: {type: string, outputSource: last/said}}
            steps:
              first: {run: touch.cwl, in: {text: quick}, out: []}
              last: {run: say.cwl, in: {text: slow}, out: [said]}
            """);

        var outputs = await _directory.RunAsync("""
            cwlVersion: v1.2
            class: Workflow
            requirements: {SubworkflowFeatureRequirement: {}}
            inputs: {word: string}
            outputs: {result: {type: string, outputSource: inner/said}}
            steps:
              slow: {run: wait.cwl, in: {}, out: [said]}
              quick: {run: say.cwl, in: {text: word}, out: [said]}
              inner: {run: inner.cwl, in: {quick: quick/said, slow: slow/said}, out: [said]}
            """, new Record { ["word"] = "go" });

        Assert.Equal("seen", outputs["result"]);
    }

    [Fact]
    public async Task Run_ResourcesThatDependOnInputs_AreAskedFor()
    {
        _directory.Write("cores.cwl", """
            cwlVersion: v1.2
            class: CommandLineTool
            requirements: {ResourceRequirement: {coresMin: $(inputs.cores), coresMax: $(inputs.cores)}}
            baseCommand: [printf]
            arguments: [$(runtime.cores)]
            inputs: {cores: int}
            stdout: said.txt
            outputs:
              said: {type: string, outputBinding: {glob: said.txt, loadContents: true, outputEval: '$(self[0].contents)'}}
            """);

        var outputs = await _directory.RunAsync("""
            cwlVersion: v1.2
            class: Workflow
            inputs: {cores: int}
            outputs: {result: {type: string, outputSource: cores/said}}
            steps:
              cores: {run: cores.cwl, in: {cores: cores}, out: [said]}
            """, new Record { ["cores"] = 2L });

        Assert.Equal("2", outputs["result"]);
    }

    [Fact]
    public async Task Run_FailingTool_NamesTheStepAndKeepsTheRest()
    {
        _directory.Write("fail.cwl", """
            cwlVersion: v1.2
            class: CommandLineTool
            baseCommand: [sh, -c, 'echo broken >&2; exit 3']
            inputs: {text: string}
            outputs: []
            """);

        var failure = await Assert.ThrowsAsync<FailedJobsException>(() => _directory.RunAsync("""
            cwlVersion: v1.2
            class: Workflow
            inputs: {word: string}
            outputs: {result: {type: string, outputSource: say/said}}
            steps:
              fail: {run: fail.cwl, in: {text: word}, out: []}
              say: {run: say.cwl, in: {text: word}, out: [said]}
            """, new Record { ["word"] = "go" }));

        var job = Assert.Single(failure.Jobs);
        Assert.Equal("fail", job.Name);
        Assert.Contains("exit code 3", job.Error.Message, StringComparison.Ordinal);
        Assert.Contains("broken", job.Error.Message, StringComparison.Ordinal);
        Assert.Contains("main.cwl:6:", job.Error.Position, StringComparison.Ordinal);
        Assert.True(Directory.Exists(_directory["store"]));
    }

    [Fact]
    public async Task Run_FilesOfOneName_GetNamesOfTheirOwn()
    {
        _directory.Write("file.cwl", """
            cwlVersion: v1.2
            class: CommandLineTool
            baseCommand: [printf]
            inputs: {text: {type: string, inputBinding: {position: 1}}}
            stdout: same.txt
            outputs: {file: {type: stdout}}
            """);

        var outputs = await _directory.RunAsync("""
            cwlVersion: v1.2
            class: Workflow
            requirements: {ScatterFeatureRequirement: {}}
            inputs: {words: 'string[]'}
            outputs: {files: {type: 'File[]', outputSource: file/file}}
            steps:
              file: {run: file.cwl, scatter: text, in: {text: words}, out: [file]}
            """, new Record { ["words"] = new List<object?> { "a", "b" } });

        var files = ((List<object?>)outputs["files"]!).Cast<Record>().ToList();
        Assert.Equal([_directory["out/same.txt"], _directory["out/same.txt_2"]], files.Select(file => (string)file["path"]!));
        Assert.Equal(["a", "b"], files.Select(file => File.ReadAllText((string)file["path"]!)));
        Assert.All(files, file => Assert.Equal("same.txt", file["basename"]));
        Assert.False(Directory.Exists(_directory["store"]));
    }

    private static Record Two(List<object?> first, List<object?> second) => new() { ["first"] = first, ["second"] = second };

    private static string ScatterOverTwo(string method, string type) => $$$"""
        cwlVersion: v1.2
        class: Workflow
        requirements: {ScatterFeatureRequirement: {}}
        inputs: {first: 'string[]', second: 'string[]'}
        outputs: {result: {type: {{{(type.EndsWith(']') ? $"'{type}'" : type)}}}, outputSource: join/said}}
        steps:
          join: {run: join.cwl, scatter: [first, second], scatterMethod: {{{method}}}, in: {first: first, second: second}, out: [said]}
        """;
}
