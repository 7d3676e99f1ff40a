using Toil.Jobs;
using Xunit;
using Record = System.Collections.Generic.OrderedDictionary<string, object?>;

namespace Toil.Cwl.Tests.Running;

public sealed class CwlJobTests : IDisposable
{
    private readonly CwlDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Create_InAWorkflowOfJobs_TakesPromisesAndGivesOutputs()
    {
        var first = MethodJob.Create(Greet, ["hello"], Vehicle.Inline);
        var join = await CwlJob.CreateAsync(_directory["join.cwl"], new Dictionary<string, object?> { ["first"] = first, ["second"] = "world" }, CwlDirectory.Cancellation);
        var last = MethodJob.Create(Greet, [join.Rv("said")], Vehicle.Inline);
        first.AddFollowOn(join).AddFollowOn(last);

        Assert.Equal("<<hello>+world>", await _directory.RunAsync(first, last.Rv()));
    }

    [Fact]
    public async Task Create_WithAFile_ImportsItWithItsSecondaryFiles()
    {
        _directory.Write("cat.cwl", """
            cwlVersion: v1.2
            class: CommandLineTool
            baseCommand: [sh, -c, 'cat "$0" "$0.idx"']
            inputs:
              file: {type: File, secondaryFiles: .idx, inputBinding: {position: 1}}
            stdout: said.txt
            outputs:
              said: {type: string, outputBinding: {glob: said.txt, loadContents: true, outputEval: '$(self[0].contents)'}}
            """);
        _directory.Write("a.txt", "one,");
        _directory.Write("a.txt.idx", "two");

        var job = await CwlJob.CreateAsync(_directory["cat.cwl"], new Record { ["file"] = new FileInfo(_directory["a.txt"]) }, CwlDirectory.Cancellation);

        Assert.Equal("one,two", await _directory.RunAsync(job, job.Rv("said")));
    }

    [Fact]
    public async Task Create_OfAnInvalidDocument_SaysWhere()
    {
        var failure = await Assert.ThrowsAnyAsync<ToilException>(() => CwlJob.CreateAsync(_directory.Write("bad.cwl", "cwlVersion: v1.2\nclass: Nothing\n"), new Record(), CwlDirectory.Cancellation));

        Assert.Contains("bad.cwl:2", failure.Message, StringComparison.Ordinal);
    }

    private static string Greet(string name) => $"<{name}>";
}
