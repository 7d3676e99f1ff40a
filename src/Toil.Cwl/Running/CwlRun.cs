using Toil.Cwl.Loading;
using Toil.Cwl.Model;
using Toil.Cwl.Workflows;
using Toil.Jobs;
using Toil.Values;
using Record = System.Collections.Generic.OrderedDictionary<string, object?>;

namespace Toil.Cwl.Running;

/// <summary>One run of a CWL process as a workflow of its own.</summary>
/// <param name="workflow">The workflow, which has a job store and doesn't run yet.</param>
/// <param name="options">How to run it.</param>
/// <param name="cancellation">Stops it.</param>
internal sealed class CwlRun(Workflow workflow, CwlRunOptions options, CancellationToken cancellation)
{
    /// <summary>Imports what the inputs name, runs the process, and puts its outputs into the output directory.</summary>
    /// <param name="document">What to run.</param>
    /// <param name="inputs">Its inputs, checked, with absolute locations.</param>
    /// <param name="written">Documents that state requirements beside those of <paramref name="document"/>.</param>
    /// <returns>The output object.</returns>
    /// <exception cref="FailedJobsException">Steps failed.</exception>
    public async Task<Record> StartAsync(LoadedDocument document, Record inputs, IReadOnlyList<WrittenRequirements>? written = null)
    {
        var root = document.GetProcess();
        written ??= [];
        var place = ProgramPlace.OfRoot(root, written);
        var bypasses = options.BypassesFileStore || InplaceUpdates.AreIn(root);
        var tools = bypasses ? options.Tools with { BypassDirectory = BypassDirectory } : options.Tools;
        var import = new InputImport(workflow.ImportAsync, cancellation);
        var completed = await new SecondaryFileSearch(root, place.Requirements, tools, inputs).CompleteAsync().ConfigureAwait(false);
        var imported = bypasses ? completed : (Record)(await import.ImportAsync(completed).ConfigureAwait(false))!;
        var defaults = bypasses ? [] : await new DefaultFiles(import, tools).ImportAsync(root).ConfigureAwait(false);
        var program = await StoreAsync(root, new ProgramContent(document.Bundle, tools, defaults, written)).ConfigureAwait(false);
        return await ExportAsync(await RunAsync(CwlJobs.Process(program, program.Root, imported)).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>Goes on with a run that ended before its end, and puts the outputs into the output directory.</summary>
    /// <inheritdoc cref="StartAsync"/>
    public async Task<Record> ResumeAsync() =>
        await ExportAsync(await workflow.ContinueAsync(cancellation).ConfigureAwait(false)).ConfigureAwait(false);

    private string BypassDirectory => Path.Combine(Path.GetFullPath(options.IntermediateDirectory!), $"toil-cwl-files-{workflow.Id:N}");

    private Task<EncodedValue> RunAsync(Job root) =>
        workflow.StartAsync(ClrValues.Encode(root), JobGraph.Collect([root], owner: null, soleRoot: root), cancellation);

    private async Task<Record> ExportAsync(EncodedValue outputs)
    {
        var export = new OutputExport(
            Path.GetFullPath(options.OutputDirectory), (file, path) => workflow.HandOverAsync(file, path, cancellation), options.Tools.ComputeChecksums, workflow.Disk);
        var exported = await export.ExportAsync((Record)ValueReader.Read(outputs)!).ConfigureAwait(false);
        if (Directory.Exists(BypassDirectory))
        {
            Directory.Delete(BypassDirectory, recursive: true);
        }

        return exported;
    }

    private async Task<CwlProgram> StoreAsync(CwlProcess root, ProgramContent content)
    {
        var bytes = content.Encode();
        var file = await workflow.WriteAsync(CwlProgram.NameOf(bytes), bytes, cancellation).ConfigureAwait(false);
        return CwlProgram.Of(file, root, content);
    }
}
