using Toil.Deployment;
using Toil.JobStores;
using Toil.Scripting;

namespace Toil.Running;

/// <summary>Finds what has to travel with the scripts that jobs were made in.</summary>
/// <remarks>
/// Of a script's folder: the scripts and modules in it (<c>*.ps1</c>, <c>*.psm1</c>, <c>*.psd1</c>), the folders in it that are modules,
/// and all of its folder <c>Modules</c>. A script that stands inside a module brings the whole module. So does each module
/// elsewhere whose commands jobs call; PowerShell's own and Toil are on every node.
/// </remarks>
internal static class ScriptDeployment
{
    private static readonly string[] Scripts = [".ps1", ".psd1", ".psm1"];

    /// <summary>Makes the workers of a workflow use copies of what the code needs, unless the nodes see the same files anyway.</summary>
    public static async Task PublishAsync(Workflow workflow, IEnumerable<Code> codes, CancellationToken cancellation)
    {
        if (workflow.DeploysCode)
        {
            await PublishAsync(workflow.Blobs, codes, cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc cref="PublishAsync(Workflow, IEnumerable{Code}, CancellationToken)"/>
    public static Task PublishAsync(IBlobStore store, IEnumerable<Code> codes, CancellationToken cancellation)
    {
        var folders = codes.Where(code => code.Vehicle == Vehicle.Script).SelectMany(code => PathsOf(ScriptCode.From(code)))
            .Where(File.Exists).Select(path => SavedModules.Outermost(Path.GetDirectoryName(path)!)).ToHashSet();
        var outer = folders.Where(folder => !folders.Any(other => folder.StartsWith($"{other}/", StringComparison.Ordinal) && FilesOf(other).Any(file => file.Source.StartsWith($"{folder}/", StringComparison.Ordinal))));
        return DeployedCode.PublishAsync(store, [.. outer.Order(StringComparer.Ordinal).Select(folder => (folder, FilesOf(folder)))], cancellation);
    }

    private static IEnumerable<string> PathsOf(ScriptCode code) => code.Functions.Select(function => function.Source.File).Append(code.Body.File)
        .Concat(code.Modules.Select(module => module.Path)).Concat(code.Prelude.Modules).Concat(code.Prelude.Types.Select(types => types.File));

    private static IEnumerable<DeploymentFile> FilesOf(string folder)
    {
        if (SavedModules.IsModule(folder))
        {
            return DeploymentFiles.OfFolder(folder);
        }

        var siblings = Directory.EnumerateFiles(folder)
            .Where(file => Scripts.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Select(file => new DeploymentFile(Path.GetFileName(file), file));
        var saved = SavedModules.In(folder);
        var modules = Directory.EnumerateDirectories(folder).Where(child => child == saved || SavedModules.IsModule(child));
        return siblings.Concat(modules.SelectMany(module => DeploymentFiles.OfFolder(module, Path.GetFileName(module))));
    }
}
