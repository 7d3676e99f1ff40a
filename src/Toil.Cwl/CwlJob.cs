using System.Collections;
using Toil.Cwl.Files;
using Toil.Cwl.Loading;
using Toil.Cwl.Running;
using Toil.Cwl.Tools;
using Toil.Cwl.Workflows;
using Toil.Jobs;
using Record = System.Collections.Generic.OrderedDictionary<string, object?>;

namespace Toil.Cwl;

/// <summary>A CWL tool or workflow as one job of a workflow that is written in another language.</summary>
public static class CwlJob
{
    /// <summary>Makes the job. Its value is the output object: a map, in which a File's <c>location</c> is a file of the job store.</summary>
    /// <param name="document">Path or URL of the document; <c>#id</c> chooses one of several processes.</param>
    /// <param name="inputs">Values by the names of the inputs. They may be or hold promises; a <see cref="FileId"/> stands for a File, and so does a <see cref="FileInfo"/>.</param>
    /// <param name="cancellation">Stops the loading.</param>
    /// <exception cref="ToilException">The document isn't valid; the message has all errors.</exception>
    public static async Task<Job> CreateAsync(string document, IDictionary inputs, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(inputs);
        var loaded = await DocumentLoader.LoadAsync(document, DocumentSource.Default, LoadOptions.Default, cancellation).ConfigureAwait(false);
        var name = ProgramPlace.OfRoot(loaded.GetProcess(), []).Name;
        var content = new ProgramContent(loaded.Bundle, ToolOptions.Default, [], Written: null);
        var job = MethodJob.Create(RunAsync, [content.Encode(), ToValue(inputs)], Vehicle.Inline);
        (job.Name, job.AwaitsPromises) = (name, true);
        return job;
    }

    private static async Task<object?> RunAsync(byte[] content, Record inputs, JobContext context)
    {
        var import = new InputImport(context.Files.ImportAsync, context.Cancellation);
        var program = await StoreAsync(ProgramContent.Decode(content), import, context).ConfigureAwait(false);
        var completed = await new SecondaryFileSearch(program.Root.Process, program.Root.Requirements, program.Options, inputs).CompleteAsync().ConfigureAwait(false);
        var imported = await import.ImportAsync(completed).ConfigureAwait(false);
        return context.AddChild(CwlJobs.Process(program, program.Root, (Record)imported!));
    }

    private static async Task<CwlProgram> StoreAsync(ProgramContent content, InputImport import, JobContext context)
    {
        var root = await content.LoadRootAsync().ConfigureAwait(false);
        var complete = content with { Imported = await new DefaultFiles(import, content.Options).ImportAsync(root).ConfigureAwait(false) };
        var bytes = complete.Encode();
        var stream = await context.Files.OpenWriteAsync(CwlProgram.NameOf(bytes), cancellation: context.Cancellation).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            await stream.WriteAsync(bytes, context.Cancellation).ConfigureAwait(false);
        }

        return CwlProgram.Of(stream.FileId, root, complete);
    }

    private static object? ToValue(object? value) => value switch
    {
        FileId file => new Record { ["class"] = "File", ["location"] = file, ["basename"] = file.Name, ["size"] = file.Size },
        FileInfo file => new Record { ["class"] = "File", ["location"] = LocalFiles.ToUri(file.FullName), ["basename"] = file.Name },
        DirectoryInfo directory => new Record { ["class"] = "Directory", ["location"] = LocalFiles.ToUri(directory.FullName), ["basename"] = directory.Name },
        IDictionary map => new Record(map.Keys.Cast<object>().Select(key => KeyValuePair.Create(key.ToString()!, ToValue(map[key])))),
        string or Promise or Job => value,
        IEnumerable items => items.Cast<object?>().Select(ToValue).ToList(),
        _ => value,
    };
}
