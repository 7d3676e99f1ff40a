using System.Collections.Concurrent;
using System.Security.Cryptography;
using Toil.Cwl.Model;
using Toil.Cwl.Tools;

namespace Toil.Cwl.Workflows;

/// <summary>What a workflow runs: its documents, and how users want them to be run. One file of the job store, read once a process.</summary>
internal sealed class CwlProgram
{
    private static readonly ConcurrentDictionary<string, Task<CwlProgram>> Opened = [];

    private readonly ConcurrentDictionary<string, ProgramPlace> _places = [];
    private readonly ConcurrentDictionary<string, ResourceRequest> _requests = [];
    private readonly ProgramContent _content;

    private CwlProgram(FileId file, CwlProcess root, ProgramContent content)
    {
        (File, Root, _content) = (file, ProgramPlace.OfRoot(root, content.Written), content);
        _places[""] = Root;
    }

    /// <summary>Where the job store keeps it; jobs name it in their arguments.</summary>
    public FileId File { get; }

    public ProgramPlace Root { get; }

    public ToolOptions Options => _content.Options;

    /// <summary>The name of a program's file: processes that read several programs keep them apart by what they hold.</summary>
    public static string NameOf(byte[] content) => $"{Convert.ToHexStringLower(SHA256.HashData(content))}.program";

    /// <summary>Takes what was loaded already: then this process needs not read it again.</summary>
    public static CwlProgram Of(FileId file, CwlProcess root, ProgramContent content)
    {
        var program = new CwlProgram(file, root, content);
        Opened[file.Name] = Task.FromResult(program);
        return program;
    }

    /// <summary>The program that a job belongs to.</summary>
    public static Task<CwlProgram> OpenAsync(FileId file, JobContext context) => Opened.GetOrAdd(file.Name, _ => LoadAsync(file, context.Files));

    /// <summary>The process at a path of step names, see <see cref="ProgramPlace.Path"/>.</summary>
    public ProgramPlace Find(string path)
    {
        if (_places.TryGetValue(path, out var known))
        {
            return known;
        }

        var place = Root;
        foreach (var name in path.Split('/'))
        {
            place = Find(place, ((CwlWorkflow)place.Process).Steps.First(step => step.Name == name));
        }

        return place;
    }

    /// <summary>Where a step of a workflow stands.</summary>
    public ProgramPlace Find(ProgramPlace workflow, WorkflowStep step) =>
        _places.GetOrAdd(workflow.Path.Length == 0 ? step.Name : $"{workflow.Path}/{step.Name}", static (_, known) => known.workflow.Of(known.step), (workflow, step));

    /// <summary>What a tool asks of its node, where that doesn't depend on its inputs.</summary>
    public ResourceRequest RequestOf(ProgramPlace place) =>
        _requests.GetOrAdd(place.Path, static (_, known) => ToolRequests.Of(known.program, known.place, inputs: null), (program: this, place));

    /// <summary>A default, with its files in the job store.</summary>
    public object? DefaultOf(object? value) => _content.Imported.Count == 0 ? value : Imported(value);

    private object? Imported(object? value) => value switch
    {
        List<object?> list => list.Select(Imported).ToList(),
        OrderedDictionary<string, object?> map => map.GetValueOrDefault("location") is string location && _content.Imported.TryGetValue(location, out var imported)
            ? imported
            : new OrderedDictionary<string, object?>(map.Select(entry => KeyValuePair.Create(entry.Key, Imported(entry.Value)))),
        _ => value,
    };

    // A task that is cancelled with one job would be the answer to all others: this one isn't cancelled.
    private static async Task<CwlProgram> LoadAsync(FileId file, IFileStore files)
    {
        try
        {
            using var bytes = new MemoryStream();
            var stream = await files.OpenReadAsync(file).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                await stream.CopyToAsync(bytes).ConfigureAwait(false);
            }

            var content = ProgramContent.Decode(bytes.ToArray());
            return new CwlProgram(file, await content.LoadRootAsync().ConfigureAwait(false), content);
        }
        catch
        {
            Opened.TryRemove(file.Name, out _);
            throw;
        }
    }
}
