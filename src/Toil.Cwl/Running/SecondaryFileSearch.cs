using Toil.Cwl.Expressions;
using Toil.Cwl.Files;
using Toil.Cwl.Model;
using Toil.Cwl.Tools;
using Record = System.Collections.Generic.OrderedDictionary<string, object?>;

namespace Toil.Cwl.Running;

/// <summary>Completes the Files of inputs with the secondary files that lie beside them, before all are brought into the job store and lie beside nothing.</summary>
/// <param name="process">Whose inputs they are.</param>
/// <param name="requirements">What holds for it.</param>
/// <param name="options">How its expressions are evaluated.</param>
/// <param name="inputs">All inputs, for expressions.</param>
internal sealed class SecondaryFileSearch(CwlProcess process, RequirementSet requirements, ToolOptions options, Record inputs)
{
    private readonly Evaluator _evaluator = new(process.Version, requirements.Get<InlineJavascriptRequirement>(), options.Evaluation);

    /// <returns>All inputs, completed.</returns>
    /// <exception cref="Loading.CwlException">A required file isn't there.</exception>
    public async Task<Record> CompleteAsync()
    {
        var completed = new Record(inputs);
        foreach (var input in process.Inputs.Where(input => inputs.ContainsKey(input.Name)))
        {
            completed[input.Name] = await CompleteAsync(input, input.Type, inputs[input.Name]).ConfigureAwait(false);
        }

        return completed;
    }

    private async Task<object?> CompleteAsync(Parameter parameter, CwlType type, object? value)
    {
        switch (value)
        {
            case List<object?> list:
                var itemType = ValueTypes.Choose(type, value) is ArrayType array ? array.Items : type;
                var items = new List<object?>(list.Count);
                foreach (var item in list)
                {
                    items.Add(await CompleteAsync(parameter, itemType, item).ConfigureAwait(false));
                }

                return items;
            case Record file when FileValues.IsFile(file):
                return parameter.SecondaryFiles.Count == 0
                    ? file
                    : await SecondaryFiles.FindAsync(file, parameter.SecondaryFiles, (text, self) => _evaluator.Evaluate(text, inputs, self), FindAsync).ConfigureAwait(false);
            case Record record when !FileValues.IsDirectory(record) && ValueTypes.Choose(type, value) is RecordType fields:
                var completed = new Record(record);
                foreach (var field in fields.Fields.Where(field => record.ContainsKey(field.Name)))
                {
                    completed[field.Name] = await CompleteAsync(field, field.Type, record[field.Name]).ConfigureAwait(false);
                }

                return completed;
            default:
                return value;
        }
    }

    /// <summary>On other machines nothing can be looked for: what a pattern names is taken to be there.</summary>
    private static ValueTask<string?> FindAsync(string uri) => ValueTask.FromResult(
        LocalFiles.TryGetPath(uri) is not { } path ? "File" : File.Exists(path) ? "File" : Directory.Exists(path) ? "Directory" : null);
}
