using System.Collections;
using Toil.Cwl.Inputs;
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
    /// <param name="inputs">Values by the names of the inputs. They may be or hold promises; a <see cref="FileId"/>, a <see cref="FileInfo"/> and, where a File is wanted, a path stand for a File.</param>
    /// <param name="cancellation">Stops the loading.</param>
    /// <exception cref="ToilException">The document isn't valid; the message has all errors.</exception>
    public static Task<Job> CreateAsync(string document, IDictionary inputs, CancellationToken cancellation = default) =>
        CreateAsync(document, inputs, Environment.CurrentDirectory, cancellation);

    /// <param name="document">Path or URL of the document.</param>
    /// <param name="inputs">Values by the names of the inputs.</param>
    /// <param name="baseDirectory">What paths among them are relative to.</param>
    /// <param name="cancellation">Stops the loading.</param>
    internal static async Task<Job> CreateAsync(string document, IDictionary inputs, string baseDirectory, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(inputs);
        var loaded = await DocumentLoader.LoadAsync(document, DocumentSource.Default, LoadOptions.Default, cancellation).ConfigureAwait(false);
        var name = ProgramPlace.OfRoot(loaded.GetProcess(), []).Name;
        var content = new ProgramContent(loaded.Bundle, ToolOptions.Default, [], Written: []);
        var job = MethodJob.Create(RunAsync, [content.Encode(), InputValues.For(loaded.GetProcess(), inputs, baseDirectory)], Vehicle.Inline);
        (job.Name, job.AwaitsPromises) = (name, true);
        return job;
    }

    private static async Task<object?> RunAsync(byte[] content, Record inputs, JobContext context)
    {
        var import = new InputImport(context.Files.ImportAsync, context.Cancellation);
        var program = await StoreAsync(ProgramContent.Decode(content), import, context).ConfigureAwait(false);
        var values = (Record)InputValues.Of(inputs)!;
        var completed = await new SecondaryFileSearch(program.Root.Process, program.Root.Requirements, program.Options, values).CompleteAsync().ConfigureAwait(false);
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
}
