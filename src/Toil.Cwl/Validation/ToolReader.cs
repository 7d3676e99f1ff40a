using System.Security.Cryptography;
using System.Text;
using Toil.Cwl.Loading;
using Toil.Cwl.Model;

namespace Toil.Cwl.Validation;

/// <summary>Reads processes other than workflows.</summary>
internal static class ToolReader
{
    public static CommandLineTool ReadTool(MapNode map, string id, Scope scope)
    {
        var fields = FieldsOf(map, "CommandLineTool", scope);
        var streams = new Streams(fields);
        var tool = new CommandLineTool
        {
            Id = id,
            Version = scope.Version,
            Position = map.Position,
            Inputs = ReadInputs(fields, TypeUse.ToolInput, streams),
            Outputs = ReadOutputs(fields, TypeUse.ToolOutput, streams),
            BaseCommand = [.. fields.Texts("baseCommand").Select(text => text.Text)],
            Arguments = ReadArguments(fields),
            Stdin = streams.Stdin,
            Stdout = streams.Stdout,
            Stderr = streams.Stderr,
            SuccessCodes = fields.Numbers("successCodes"),
            TemporaryFailCodes = fields.Numbers("temporaryFailCodes"),
            PermanentFailCodes = fields.Numbers("permanentFailCodes"),
        };
        return tool.With(fields);
    }

    public static ExpressionTool ReadExpressionTool(MapNode map, string id, Scope scope)
    {
        var fields = FieldsOf(map, "ExpressionTool", scope);
        fields.Require("expression");
        var tool = new ExpressionTool
        {
            Id = id,
            Version = scope.Version,
            Position = map.Position,
            Inputs = ReadInputs(fields, TypeUse.ProcessInput, streams: null),
            Outputs = ReadOutputs(fields, TypeUse.ProcessOutput, streams: null),
            Expression = fields.Expression("expression") ?? new CwlText("", map.Position),
        };
        return tool.With(fields);
    }

    public static Operation ReadOperation(MapNode map, string id, Scope scope)
    {
        var fields = FieldsOf(map, "Operation", scope);
        var operation = new Operation
        {
            Id = id,
            Version = scope.Version,
            Position = map.Position,
            Inputs = ReadInputs(fields, TypeUse.ProcessInput, streams: null),
            Outputs = ReadOutputs(fields, TypeUse.ProcessOutput, streams: null),
        };
        return operation.With(fields);
    }

    /// <summary>The fields of a process; every kind must have inputs and outputs.</summary>
    public static Fields FieldsOf(MapNode map, string kind, Scope scope)
    {
        var fields = new Fields(scope, map, kind);
        fields.Require("inputs");
        fields.Require("outputs");
        return fields;
    }

    /// <summary>The process with what all kinds have in common; with it all fields have been read.</summary>
    public static T With<T>(this T process, Fields fields)
        where T : CwlProcess
    {
        var requirements = new RequirementReader(fields.Scope);
        CwlProcess whole = process;
        whole = whole with
        {
            Label = fields.Text("label"),
            Doc = fields.Prose("doc"),
            Intent = [.. fields.Texts("intent", CwlVersion.V1_2).Select(text => text.Text)],
            Requirements = requirements.Read(fields, "requirements"),
            Hints = requirements.Read(fields, "hints"),
        };
        fields.Finish("id", "class", "cwlVersion");
        return (T)whole;
    }

    public static List<InputParameter> ReadInputs(Fields fields, TypeUse use, Streams? streams)
    {
        var inputs = new List<InputParameter>();
        foreach (var item in MapItems.Of(fields.Get("inputs"), "inputs", "id", fields.Scope))
        {
            if (ParameterReader.ReadInput(item, use, fields.Scope) is not { } input)
            {
                continue;
            }

            if (inputs.Exists(other => other.Name == input.Name))
            {
                fields.Scope.Problems.Error(item.Position, $"There are two inputs '{input.Name}'.");
            }

            streams?.ConnectInput(item, input);
            inputs.Add(input);
        }

        return inputs;
    }

    private static List<OutputParameter> ReadOutputs(Fields fields, TypeUse use, Streams? streams)
    {
        var outputs = new List<OutputParameter>();
        foreach (var item in MapItems.Of(fields.Get("outputs"), "outputs", "id", fields.Scope))
        {
            if (streams?.ReadOutput(item) is { } stream)
            {
                outputs.Add(stream);
            }
            else if (ParameterReader.ReadOutput(item, use, fields.Scope) is var (output, rest))
            {
                rest?.Finish();
                outputs.Add(output);
            }
            else
            {
                continue;
            }

            if (outputs.FindIndex(other => other.Name == outputs[^1].Name) < outputs.Count - 1)
            {
                fields.Scope.Problems.Error(item.Position, $"There are two outputs '{outputs[^1].Name}'.");
            }
        }

        return outputs;
    }

    private static List<CommandLineBinding> ReadArguments(Fields fields)
    {
        var arguments = new List<CommandLineBinding>();
        switch (fields.Get("arguments"))
        {
            case null:
                break;
            case ListNode list:
                arguments.AddRange(list.Items.Select(item => ReadArgument(item, fields)).OfType<CommandLineBinding>());
                break;
            case var other:
                fields.Scope.Error(other, $"'arguments' must be a list of texts and command line bindings; found {other.Description}.");
                break;
        }

        return arguments;
    }

    private static CommandLineBinding? ReadArgument(Node item, Fields fields) => item is MapNode map
        ? ParameterReader.ReadBinding(map, fields.Scope)
        : fields.AsText(item, "arguments") is { } text ? new CommandLineBinding { ValueFrom = fields.Scope.Text(text), Position = text.Position } : null;

    /// <summary>A name for a stream that the document does not name: the same wherever and whenever the same tool is loaded.</summary>
    public static string AnonymousName(MapNode tool, string stream)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, tool);
        hash.AppendData(Encoding.UTF8.GetBytes(stream));
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 20));
    }

    private static void Append(IncrementalHash hash, Node node)
    {
        switch (node)
        {
            case ScalarNode scalar:
                hash.AppendData(Encoding.UTF8.GetBytes(scalar.Text));
                hash.AppendData("\0"u8);
                break;
            case ListNode list:
                hash.AppendData("["u8);
                foreach (var item in list.Items)
                {
                    Append(hash, item);
                }

                break;
            case MapNode map:
                hash.AppendData("{"u8);
                foreach (var entry in map.Entries)
                {
                    hash.AppendData(Encoding.UTF8.GetBytes(entry.Key));
                    hash.AppendData("\0"u8);
                    Append(hash, entry.Value);
                }

                break;
        }

        hash.AppendData("]"u8);
    }
}
