using Toil.Cwl.Loading;
using Toil.Cwl.Model;
using Toil.Cwl.Salad;

namespace Toil.Cwl.Validation;

/// <summary>The standard streams of a tool, named by its fields or by the types <c>stdin</c>, <c>stdout</c> and <c>stderr</c>.</summary>
internal sealed class Streams
{
    private readonly Fields _tool;

    public Streams(Fields tool)
    {
        _tool = tool;
        Stdin = tool.Expression("stdin");
        Stdout = tool.Expression("stdout");
        Stderr = tool.Expression("stderr");
    }

    public CwlText? Stdin { get; private set; }

    public CwlText? Stdout { get; private set; }

    public CwlText? Stderr { get; private set; }

    /// <summary>Makes an input of type <c>stdin</c> what the tool reads.</summary>
    public void ConnectInput(MapItem item, InputParameter input)
    {
        if (_tool.Scope.Version == CwlVersion.V1_0 || TypeOf(item) is not ScalarNode { Text: "stdin" } type)
        {
            return;
        }

        if (Stdin is not null || input.Binding is not null)
        {
            _tool.Scope.Error(type, Stdin is not null
                ? "The tool's standard input is given twice: by this type, and by the field 'stdin' or another input."
                : "An input of type 'stdin' can't have an inputBinding.");
            return;
        }

        Stdin = new CwlText($"$(inputs.{input.Name}.path)", type.Position);
    }

    /// <returns>The output, if its type is <c>stdout</c> or <c>stderr</c>; otherwise null.</returns>
    public OutputParameter? ReadOutput(MapItem item)
    {
        if (TypeOf(item) is not ScalarNode { Text: "stdout" or "stderr" } type)
        {
            return null;
        }

        var name = type.Text == "stdout"
            ? Stdout ??= new CwlText(ToolReader.AnonymousName(_tool.Map, "stdout"), type.Position)
            : Stderr ??= new CwlText(ToolReader.AnonymousName(_tool.Map, "stderr"), type.Position);
        var binding = new OutputBinding { Glob = [name], Position = type.Position };
        if (item.Value is not MapNode map)
        {
            return new OutputParameter { Name = Links.ShortName(item.Key!), Type = TypeReader.File, Position = item.Position, Binding = binding };
        }

        if (map["outputBinding"] is { } other)
        {
            _tool.Scope.Error(other, $"An output of type '{type.Text}' can't have an outputBinding.");
        }

        if (ParameterReader.ReadOutput(item, TypeUse.ToolOutput, _tool.Scope, TypeReader.File) is not var (output, rest))
        {
            return null;
        }

        rest?.Finish();
        return output with { Binding = binding };
    }

    private static Node? TypeOf(MapItem item) => item.Value is MapNode map ? map["type"] : item.Key is null ? null : item.Value;
}
