using Toil.Cwl.Files;
using Toil.Cwl.Loading;
using Toil.Cwl.Model;
using Toil.JobStores;

namespace Toil.Cwl.Tools;

/// <summary>Adds to output files what their parameter says of them: secondary files and formats.</summary>
internal sealed class OutputAnnotations(ToolJob job, OutputPlaces places)
{
    public object? Add(Parameter output, object? value)
    {
        if (output.SecondaryFiles.Count == 0 && output.Formats.Count == 0)
        {
            return value;
        }

        return FileValues.Replace(value, file => FileValues.IsFile(file) ? Add(output, new OrderedDictionary<string, object?>(file)) : file);
    }

    private object? Evaluate(CwlText text, object? self) => job.Evaluate(text, self);

    private OrderedDictionary<string, object?> Add(Parameter output, OrderedDictionary<string, object?> file)
    {
        if (output.Formats.Count > 0)
        {
            file["format"] = job.Evaluate(output.Formats[0], file) is string format ? job.Tool.Vocabulary.Expand(format)
                : throw new CwlException(output.Formats[0].Position, $"The format of output '{output.Name}' should be a string.");
        }

        if (output.SecondaryFiles.Count > 0 && file.GetValueOrDefault("path") is string path)
        {
            AddSecondaryFiles(output, file, path[..(path.LastIndexOf('/') + 1)]);
        }

        return file;
    }

    private void AddSecondaryFiles(Parameter output, OrderedDictionary<string, object?> file, string directory)
    {
        var all = new List<object?>(FileValues.ListOf(file, "secondaryFiles"));
        foreach (var pattern in output.SecondaryFiles)
        {
            foreach (var wanted in SecondaryFiles.Expand(pattern, file, Evaluate))
            {
                if (Describe(wanted, directory) is { } found)
                {
                    all.Add(found);
                }
                else if (SecondaryFiles.IsRequired(pattern, file, byDefault: false, Evaluate))
                {
                    throw new ToolFailedException($"{pattern.Pattern.Position}: Output '{output.Name}' needs a secondary file '{wanted}' beside '{file["basename"]}', which the tool hasn't made.");
                }
            }
        }

        file["secondaryFiles"] = all;
    }

    /// <returns>Null when it isn't there.</returns>
    private OrderedDictionary<string, object?>? Describe(object wanted, string directory)
    {
        if (wanted is OrderedDictionary<string, object?> item)
        {
            return item;
        }

        var path = directory + (string)wanted;
        if (job.Directories.ToHost(Path.GetFullPath(path)) is not { } hostPath || FileStatus.Of(hostPath) is null)
        {
            return null;
        }

        var place = places.Resolve(hostPath);
        var isDirectory = place.Original is { } original ? FileValues.IsDirectory(original) : Directory.Exists(place.HostPath);
        return new OrderedDictionary<string, object?>
        {
            ["class"] = isDirectory ? "Directory" : "File",
            ["path"] = path,
            ["basename"] = Path.GetFileName(path),
        };
    }
}
