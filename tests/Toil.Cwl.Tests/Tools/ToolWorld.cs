using System.Text;
using Toil.Agents;
using Toil.Cwl.Model;
using Toil.Cwl.Tools;
using Toil.Files;
using Toil.Values;
using Xunit;

namespace Toil.Cwl.Tests.Tools;

/// <summary>A job store, a work directory, and jobs that run tools between them.</summary>
internal sealed class ToolWorld : IDisposable
{
    public static readonly SourcePosition Here = new("tool.cwl", 1, 1);

    private readonly string _place = Directory.CreateTempSubdirectory("toil-cwl-tests-").FullName;
    private readonly FileDepot _depot;
    private int _attempts;

    public ToolWorld() => _depot = new FileDepot(Directory.CreateDirectory(Path.Combine(_place, "store")).FullName);

    public List<string> Logged { get; } = [];

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public string this[string name] => Path.Combine(_place, name);

    public JobContext Open()
    {
        var files = new AttemptFileStore(_depot, new AttemptId(1, 1, ++_attempts), Directory.CreateDirectory(this["work"]).FullName);
        var self = new Job("tool", new Code(Vehicle.Inline, "", default), UnboundValue.Null);
        return new JobContext(self, new Requirements(1, "1Gi", "1Gi"), 1, files, (_, message) => Logged.Add(message), Cancel) { Processes = RunAsync };
    }

    public async Task<OrderedDictionary<string, object?>> RunAsync(CommandLineTool tool, OrderedDictionary<string, object?>? inputs = null, ToolOptions? options = null)
    {
        var requirements = RequirementSet.Empty.With(tool.Requirements, tool.Hints);
        return await ToolRun.RunAsync(tool, requirements, inputs ?? [], options ?? new ToolOptions { Container = ContainerChoice.None }, Open());
    }

    public static CwlText Text(string source) => new(source, Here);

    public static CommandLineBinding Argument(string source) => new() { ValueFrom = Text(source), Position = Here };

    /// <summary>A tool that runs a shell script.</summary>
    public static CommandLineTool Script(string script, params OutputParameter[] outputs) => new()
    {
        Id = "file:///tool.cwl",
        Version = CwlVersion.V1_2,
        Position = Here,
        BaseCommand = ["sh", "-c", script],
        Outputs = outputs,
    };

    public static InputParameter Input(string name, PrimitiveKind kind) => new() { Name = name, Type = new PrimitiveType(kind), Position = Here };

    public static OutputParameter Output(string name, CwlType type, string? glob = null, string? eval = null) => new()
    {
        Name = name,
        Type = type,
        Position = Here,
        Binding = new OutputBinding { Glob = glob is null ? [] : [Text(glob)], OutputEval = eval is null ? null : Text(eval), Position = Here },
    };

    public static OutputParameter OutputFile(string name, string glob) => Output(name, new PrimitiveType(PrimitiveKind.File), glob);

    /// <summary>A File of the job store.</summary>
    public async Task<OrderedDictionary<string, object?>> FileAsync(string name, string content)
    {
        var files = Open().Files;
        var path = files.CreateTempFile();
        await File.WriteAllTextAsync(path, content, Cancel);
        return new OrderedDictionary<string, object?> { ["class"] = "File", ["location"] = await files.WriteAsync(path, name, cancellation: Cancel), ["basename"] = name };
    }

    public static OrderedDictionary<string, object?> Map(params (string Key, object? Value)[] entries)
    {
        var map = new OrderedDictionary<string, object?>();
        foreach (var (key, value) in entries)
        {
            map.Add(key, value);
        }

        return map;
    }

    /// <summary>What is in an output File.</summary>
    public string Read(object? file) => Encoding.UTF8.GetString(File.ReadAllBytes(_depot.Locate((FileId)((OrderedDictionary<string, object?>)file!)["location"]!).Path));

    public void Dispose() => TempTree.Remove(_place);

    private static Task<ChildExit> RunAsync(ChildStart start, CancellationToken cancellation) => ChildReaper.Start(start).Exit;
}
