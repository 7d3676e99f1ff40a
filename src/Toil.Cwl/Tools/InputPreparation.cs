using Toil.Cwl.Expressions;
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
/// <param name="evaluator">Evaluates the formats that parameters accept.</param>
internal sealed class InputPreparation(CwlProcess process, RequirementSet requirements, IFileStore files, InputStaging staging, Evaluator evaluator)
{
    private readonly LoadListing? _listing = requirements.Get<LoadListingRequirement>()?.Listing;

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

            prepared[input.Name] = await PrepareAsync(value, input, input.Type, cancellation).ConfigureAwait(false);
        }

        if (process.Inputs.Any(input => MayHaveFormats(input, input.Type)))
        {
            await CheckFormatsAsync(prepared, cancellation).ConfigureAwait(false);
        }

        return prepared;
    }

    private ValueTask<object?> PrepareAsync(object? value, Parameter parameter, CwlType type, CancellationToken cancellation) => value switch
    {
        List<object?> list => PrepareListAsync(list, parameter, ValueTypes.Choose(type, value), cancellation),
        OrderedDictionary<string, object?> map when FileValues.IsFileOrDirectory(map, out _) => PrepareFileAsync(map, parameter, cancellation),
        OrderedDictionary<string, object?> map => PrepareRecordAsync(map, parameter, ValueTypes.Choose(type, value), cancellation),
        _ => ValueTask.FromResult(value),
    };

    private async ValueTask<object?> PrepareListAsync(List<object?> list, Parameter parameter, CwlType type, CancellationToken cancellation)
    {
        var items = (type as ArrayType)?.Items ?? type;
        var prepared = new List<object?>(list.Count);
        foreach (var item in list)
        {
            prepared.Add(await PrepareAsync(item, parameter, items, cancellation).ConfigureAwait(false));
        }

        return prepared;
    }

    private async ValueTask<object?> PrepareRecordAsync(OrderedDictionary<string, object?> map, Parameter parameter, CwlType type, CancellationToken cancellation)
    {
        var prepared = new OrderedDictionary<string, object?>(map.Count);
        foreach (var (name, value) in map)
        {
            var field = (type as RecordType)?.Fields.FirstOrDefault(field => field.Name == name);
            prepared[name] = await PrepareAsync(value, field ?? parameter, field?.Type ?? type, cancellation).ConfigureAwait(false);
        }

        return prepared;
    }

    private async ValueTask<object?> PrepareFileAsync(OrderedDictionary<string, object?> original, Parameter parameter, CancellationToken cancellation)
    {
        var (loadsContents, listing) = parameter switch
        {
            InputParameter input => (input.LoadContents || input.Binding?.LoadContents == true, input.LoadListing),
            RecordField field => (field.LoadContents || field.Binding?.LoadContents == true, field.LoadListing),
            _ => (false, null),
        };
        var shown = staging.Add(original, LevelsOf(listing ?? _listing));
        if (original.GetValueOrDefault("format") is string format)
        {
            shown["format"] = process.Vocabulary.Expand(format);
        }

        if (loadsContents && FileValues.IsFile(original))
        {
            shown["contents"] = await FileContents.ReadAsync(original, files, process.Version, cancellation).ConfigureAwait(false);
        }

        return shown;
    }

    private static bool MayHaveFormats(Parameter parameter, CwlType type) => parameter.Formats.Count > 0 || type switch
    {
        ArrayType array => MayHaveFormats(parameter, array.Items),
        RecordType record => record.Fields.Any(field => MayHaveFormats(field, field.Type)),
        UnionType union => union.Options.Any(option => MayHaveFormats(parameter, option)),
        _ => false,
    };

    private async ValueTask CheckFormatsAsync(OrderedDictionary<string, object?> inputs, CancellationToken cancellation)
    {
        var check = new FormatCheck(process.Vocabulary, text => evaluator.Evaluate(text, inputs));
        foreach (var input in process.Inputs)
        {
            await CheckFormatsAsync(check, input, input.Type, inputs[input.Name], cancellation).ConfigureAwait(false);
        }
    }

    private static async ValueTask CheckFormatsAsync(FormatCheck check, Parameter parameter, CwlType type, object? value, CancellationToken cancellation)
    {
        var chosen = ValueTypes.Choose(type, value);
        foreach (var item in value as List<object?> ?? [])
        {
            await CheckFormatsAsync(check, parameter, (chosen as ArrayType)?.Items ?? chosen, item, cancellation).ConfigureAwait(false);
        }

        if (value is OrderedDictionary<string, object?> map && FileValues.IsFile(map))
        {
            await check.CheckAsync(parameter, map, cancellation).ConfigureAwait(false);
        }
        else if (value is OrderedDictionary<string, object?> fields && chosen is RecordType record)
        {
            foreach (var field in record.Fields)
            {
                await CheckFormatsAsync(check, field, field.Type, fields.GetValueOrDefault(field.Name), cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Before v1.1 expressions saw all of a Directory.</summary>
    private int LevelsOf(LoadListing? listing) => (listing ?? (process.Version == CwlVersion.V1_0 ? LoadListing.Deep : LoadListing.None)) switch
    {
        LoadListing.None => 0,
        LoadListing.Shallow => 1,
        _ => int.MaxValue,
    };
}
