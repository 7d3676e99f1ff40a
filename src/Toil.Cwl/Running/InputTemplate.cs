using System.Globalization;
using System.Text;
using Toil.Cwl.Expressions;
using Toil.Cwl.Model;

namespace Toil.Cwl.Running;

/// <summary>Writes an input object to fill in: a line for each input, with an example of its type, or its default.</summary>
internal static class InputTemplate
{
    public static string Of(CwlProcess process)
    {
        var text = new StringBuilder();
        foreach (var input in process.Inputs)
        {
            var isOptional = input.HasDefault || input.Type is UnionType { Options: var options } && options.Any(IsNull);
            var example = input.HasDefault ? JsonText.Of(input.Default) : ExampleOf(input.Type);
            text.Append(CultureInfo.InvariantCulture, $"{input.Name}: {example}  # {(isOptional ? "optional" : "required")}{Doc(input)}\n");
        }

        return text.Length == 0 ? "{}" : text.ToString().TrimEnd('\n');
    }

    private static string Doc(InputParameter input) => (input.Label ?? input.Doc)?.Trim().Split('\n')[0] is { Length: > 0 } line ? $": {line}" : "";

    private static bool IsNull(CwlType type) => type is PrimitiveType { Kind: PrimitiveKind.Null };

    private static string ExampleOf(CwlType type) => type switch
    {
        PrimitiveType { Kind: var kind } => ExampleOf(kind),
        ArrayType array => $"[{ExampleOf(array.Items)}]",
        EnumType { Symbols: [var first, ..] } => first,
        RecordType record => $"{{{string.Join(", ", record.Fields.Select(field => $"{field.Name}: {ExampleOf(field.Type)}"))}}}",
        UnionType union => ExampleOf(union.Options.FirstOrDefault(option => !IsNull(option)) ?? new PrimitiveType(PrimitiveKind.Null)),
        _ => "null",
    };

    private static string ExampleOf(PrimitiveKind kind) => kind switch
    {
        PrimitiveKind.Boolean => "false",
        PrimitiveKind.Int or PrimitiveKind.Long => "0",
        PrimitiveKind.Float or PrimitiveKind.Double => "0.1",
        PrimitiveKind.String => "a_string",
        PrimitiveKind.File => "{class: File, path: a/file/path}",
        PrimitiveKind.Directory => "{class: Directory, path: a/directory/path}",
        PrimitiveKind.Any => "anything",
        _ => "null",
    };
}
