using Toil.Cwl.Files;
using Toil.Cwl.Loading;
using Toil.Cwl.Model;
using Toil.Cwl.Tools;
using Toil.Cwl.Workflows;
using Record = System.Collections.Generic.OrderedDictionary<string, object?>;

namespace Toil.Cwl.Running;

/// <summary>Brings the Files and Directories into the job store that defaults in documents name.</summary>
internal sealed class DefaultFiles(InputImport import, ToolOptions options)
{
    /// <returns>What they are there, by the location that the document gives.</returns>
    public async Task<Record> ImportAsync(CwlProcess root)
    {
        var imported = new Record();
        foreach (var item in await CompleteAsync(ProgramPlace.OfRoot(root, [])).ConfigureAwait(false))
        {
            // A default that nobody needs may name what isn't there.
            if (item.GetValueOrDefault("location") is string location && !imported.ContainsKey(location) && LocalFiles.TryGetPath(location) is { } path && (File.Exists(path) || Directory.Exists(path)))
            {
                imported[location] = await import.ImportAsync(item).ConfigureAwait(false);
            }
        }

        return imported;
    }

    /// <summary>The Files and Directories that defaults of a process name, and of all that it runs, with their secondary files.</summary>
    private async Task<List<Record>> CompleteAsync(ProgramPlace place)
    {
        var values = new Record();
        foreach (var input in place.Process.Inputs)
        {
            AddFiles(values, input.Name, input.Default);
        }

        var found = await FindAsync(place, values).ConfigureAwait(false);
        foreach (var step in place.Process is CwlWorkflow workflow ? workflow.Steps : [])
        {
            var inner = place.Of(step);
            var given = new Record();
            foreach (var input in step.Inputs)
            {
                AddFiles(given, input.Name, input.Default);
            }

            found.AddRange(await FindAsync(inner, given).ConfigureAwait(false));
            found.AddRange(await CompleteAsync(inner).ConfigureAwait(false));
        }

        return found;
    }

    private static void AddFiles(Record values, string name, object? value)
    {
        if (FileValues.Find(value).Any())
        {
            values.Add(name, value);
        }
    }

    private async Task<List<Record>> FindAsync(ProgramPlace place, Record values) =>
        values.Count == 0 ? [] : [.. FileValues.Find(await CompleteAsync(place, values).ConfigureAwait(false))];

    private async Task<object?> CompleteAsync(ProgramPlace place, Record values)
    {
        try
        {
            return await new SecondaryFileSearch(place.Process, place.Requirements, options, values).CompleteAsync().ConfigureAwait(false);
        }
        catch (CwlException)
        {
            // Nobody may need it; whoever does is told what is missing.
            return values;
        }
    }
}
