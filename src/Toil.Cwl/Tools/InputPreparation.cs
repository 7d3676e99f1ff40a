using Toil.Cwl.Files;
using Toil.Cwl.Inputs;
using Toil.Cwl.Loading;
using Toil.Cwl.Model;

namespace Toil.Cwl.Tools;

/// <summary>Turns the values that a job was given into what its process's expressions see: defaults, paths, contents, listings.</summary>
/// <param name="process">Whose inputs they are.</param>
/// <param name="requirements">What holds for it.</param>
/// <param name="files">The job's files.</param>
/// <param name="staging">Gives Files and Directories their places.</param>
internal sealed class InputPreparation(CwlProcess process, RequirementSet requirements, IFileStore files, InputStaging staging)
{
    /// <exception cref="CwlException">A value isn't of its input's type.</exception>
    public async ValueTask<OrderedDictionary<string, object?>> PrepareAsync(OrderedDictionary<string, object?> given, CancellationToken cancellation)
    {
        var prepared = new OrderedDictionary<string, object?>(process.Inputs.Count);
        foreach (var input in process.Inputs)
        {
            var value = given.GetValueOrDefault(input.Name) ?? input.Default;
            if (ValueChecker.Check(input.Type, value) is { } mismatch)
            {
                throw new CwlException(input.Position, $"Input '{input.Name}'{mismatch.PathText}: {mismatch.Message}");
            }

            var listing = input.LoadListing ?? requirements.Get<LoadListingRequirement>()?.Listing;
            prepared[input.Name] = await PrepareAsync(value, input.Type, input.LoadContents || input.Binding?.LoadContents == true, listing, cancellation).ConfigureAwait(false);
        }

        return prepared;
    }

    private ValueTask<object?> PrepareAsync(object? value, CwlType type, bool loadsContents, LoadListing? listing, CancellationToken cancellation) => value switch
    {
        List<object?> list => PrepareListAsync(list, ValueTypes.Choose(type, value), loadsContents, listing, cancellation),
        OrderedDictionary<string, object?> map when FileValues.IsFileOrDirectory(map, out _) => PrepareFileAsync(map, loadsContents, listing, cancellation),
        OrderedDictionary<string, object?> map => PrepareRecordAsync(map, ValueTypes.Choose(type, value), listing, cancellation),
        _ => ValueTask.FromResult(value),
    };

    private async ValueTask<object?> PrepareListAsync(List<object?> list, CwlType type, bool loadsContents, LoadListing? listing, CancellationToken cancellation)
    {
        var items = (type as ArrayType)?.Items ?? type;
        var prepared = new List<object?>(list.Count);
        foreach (var item in list)
        {
            prepared.Add(await PrepareAsync(item, items, loadsContents, listing, cancellation).ConfigureAwait(false));
        }

        return prepared;
    }

    private async ValueTask<object?> PrepareRecordAsync(OrderedDictionary<string, object?> map, CwlType type, LoadListing? listing, CancellationToken cancellation)
    {
        var prepared = new OrderedDictionary<string, object?>(map.Count);
        foreach (var (name, value) in map)
        {
            var field = (type as RecordType)?.Fields.FirstOrDefault(field => field.Name == name);
            var loadsContents = field is not null && (field.LoadContents || field.Binding?.LoadContents == true);
            prepared[name] = await PrepareAsync(value, field?.Type ?? type, loadsContents, field?.LoadListing ?? listing, cancellation).ConfigureAwait(false);
        }

        return prepared;
    }

    private async ValueTask<object?> PrepareFileAsync(OrderedDictionary<string, object?> original, bool loadsContents, LoadListing? listing, CancellationToken cancellation)
    {
        var shown = staging.Add(original, LevelsOf(listing));
        if (loadsContents && FileValues.IsFile(original))
        {
            shown["contents"] = await FileContents.ReadAsync(original, files, process.Version, cancellation).ConfigureAwait(false);
        }

        return shown;
    }

    /// <summary>Before v1.1 expressions saw all of a Directory.</summary>
    private int LevelsOf(LoadListing? listing) => (listing ?? (process.Version == CwlVersion.V1_0 ? LoadListing.Deep : LoadListing.None)) switch
    {
        LoadListing.None => 0,
        LoadListing.Shallow => 1,
        _ => int.MaxValue,
    };
}
