using System.Security.Cryptography;
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
    /// <param name="written">The document that they come from, which may state requirements; null if there is none.</param>
    /// <returns>The output object.</returns>
    /// <exception cref="FailedJobsException">Steps failed.</exception>
    public async Task<object?> StartAsync(LoadedDocument document, Record inputs, WrittenRequirements? written = null)
    {
        var root = document.GetProcess();
        var place = ProgramPlace.OfRoot(root, written?.Read(root.Version) ?? []);
        var import = new InputImport(workflow.ImportAsync, cancellation);
        var completed = await new SecondaryFileSearch(root, place.Requirements, options.Tools, inputs).CompleteAsync().ConfigureAwait(false);
        var imported = options.BypassesFileStore ? completed : (Record)(await import.ImportAsync(completed).ConfigureAwait(false))!;
        var program = await StoreAsync(document, root, import, written).ConfigureAwait(false);
        return await ExportAsync(await RunAsync(CwlJobs.Process(program, program.Root, imported)).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>Goes on with a run that ended before its end, and puts the outputs into the output directory.</summary>
    /// <inheritdoc cref="StartAsync"/>
    public async Task<object?> ResumeAsync() =>
        await ExportAsync(await workflow.ContinueAsync(cancellation).ConfigureAwait(false)).ConfigureAwait(false);

    private Task<EncodedValue> RunAsync(Job root) =>
        workflow.StartAsync(ClrValues.Encode(root), JobGraph.Collect([root], owner: null, soleRoot: root), cancellation);

    private async Task<object?> ExportAsync(EncodedValue outputs)
    {
        var export = new OutputExport(Path.GetFullPath(options.OutputDirectory), (file, path) => workflow.ExportAsync(file, path, cancellation), options.Tools.ComputeChecksums);
        return await export.ExportAsync(ValueReader.Read(outputs)).ConfigureAwait(false);
    }

    private async Task<CwlProgram> StoreAsync(LoadedDocument document, CwlProcess root, InputImport import, WrittenRequirements? written)
    {
        var defaults = options.BypassesFileStore ? [] : await new DefaultFiles(import, options.Tools).ImportAsync(root).ConfigureAwait(false);
        var content = new ProgramContent(document.Bundle, options.Tools, defaults, written);
        var bytes = content.Encode();
        // Named by what it holds: processes that read several programs keep them apart by that.
        var file = await workflow.WriteAsync($"{Convert.ToHexStringLower(SHA256.HashData(bytes))}.program", bytes, cancellation).ConfigureAwait(false);
        return CwlProgram.Of(file, root, content);
    }
}
