using Toil.Agents;
using Toil.Cwl.Loading;
using Toil.Cwl.Running;
using Toil.Cwl.Tools;
using Toil.Jobs;
using Toil.Values;
using Xunit;
using Record = System.Collections.Generic.OrderedDictionary<string, object?>;

namespace Toil.Cwl.Tests.Running;

/// <summary>A directory with documents, where processes are run by the real engine in this process.</summary>
internal sealed class CwlDirectory : IDisposable
{
    /// <summary>Gives back its text.</summary>
    public const string Say = """
        cwlVersion: v1.2
        class: CommandLineTool
        baseCommand: [printf, '%s']
        inputs:
          text: {type: string, inputBinding: {position: 1}}
        stdout: said.txt
        outputs:
          said: {type: string, outputBinding: {glob: said.txt, loadContents: true, outputEval: '$(self[0].contents)'}}
        """;

    /// <summary>Puts two texts together.</summary>
    public const string Join = """
        cwlVersion: v1.2
        class: CommandLineTool
        baseCommand: [printf, '%s+%s']
        inputs:
          first: {type: string, inputBinding: {position: 1}}
          second: {type: string, inputBinding: {position: 2}}
        stdout: said.txt
        outputs:
          said: {type: string, outputBinding: {glob: said.txt, loadContents: true, outputEval: '$(self[0].contents)'}}
        """;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("toil-cwl-test-");

    public CwlDirectory()
    {
        Write("say.cwl", Say);
        Write("join.cwl", Join);
    }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public string this[string name] => Path.Combine(_directory.FullName, name);

    public ToilOptions Options => new()
    {
        JobStore = this["store"],
        WorkDir = _directory.FullName,
        RetryCount = RetryCount,
        MaxCores = 8,
        CallCache = CallCache is null ? null : this[CallCache],
        Clean = KeepsStore ? CleanPolicy.Never : CleanPolicy.OnSuccess,
    };

    /// <summary>Where results are kept for other runs; null for nowhere.</summary>
    public string? CallCache { get; init; }

    /// <summary>How often steps are tried again.</summary>
    public int RetryCount { get; init; }

    /// <summary>Whether the job store stays, to be looked at.</summary>
    public bool KeepsStore { get; init; }

    public string Write(string name, string content)
    {
        File.WriteAllText(this[name], content);
        return this[name];
    }

    /// <summary>Runs a document of this text.</summary>
    public async Task<Record> RunAsync(string document, Record? inputs = null)
    {
        var loaded = await DocumentLoader.LoadAsync(Write("main.cwl", document), DocumentSource.Default, LoadOptions.Default, Cancellation);
        CwlException.ThrowIfAny(loaded.Problems);
        await using var session = await CwlSession.OpenAsync(Options, () => throw new InvalidOperationException(), new Deaf(), Cancellation);
        var options = new CwlRunOptions { OutputDirectory = this["out"], Tools = new ToolOptions { Container = ContainerChoice.None } };
        return await session.RunAsync(options, run => run.StartAsync(loaded, inputs ?? []));
    }

    /// <summary>Runs jobs, and gives back a value that one of them promises.</summary>
    public async Task<object?> RunAsync(Job root, Promise result)
    {
        await using var workflow = await Workflow.CreateAsync(Options, new Dictionary<Vehicle, WorkerSpec>(), new Deaf(), cancellation: Cancellation);
        return ValueReader.Read(await workflow.StartAsync(ClrValues.Encode(result), JobGraph.Collect([root], null), Cancellation));
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private sealed class Deaf : IWorkflowObserver
    {
        public void Logged(LogLevel level, string message) { }

        public void Progressed(WorkflowProgress progress) { }
    }
}
