using Toil.Cwl.Loading;
using Toil.Cwl.Model;

namespace Toil.Cwl.Validation;

/// <summary>Reads the patterns of secondary files in their forms: text, mapping with <c>pattern</c> and <c>required</c>, or a list of them.</summary>
internal static class SecondaryFileReader
{
    public static List<SecondaryFile> Read(Fields fields)
    {
        var files = new List<SecondaryFile>();
        var scope = fields.Scope with { IsConditional = true };
        foreach (var item in fields.Get("secondaryFiles") switch { null => [], ListNode list => list.Items, var single => [single] })
        {
            if (ReadOne(item, scope) is { } file)
            {
                files.Add(file);
            }
        }

        return files;
    }

    private static SecondaryFile? ReadOne(Node node, Scope scope)
    {
        switch (node)
        {
            case ScalarNode { Value: string } text when scope.Version > CwlVersion.V1_0 && text.Text.EndsWith('?') && !ExpressionScan.IsExpression(text.Text):
                return new SecondaryFile(new CwlText(text.Text[..^1], text.Position), Required: false);
            case ScalarNode { Value: string } text:
                return new SecondaryFile(scope.Text(text), Required: null);
            case MapNode map when scope.Version > CwlVersion.V1_0:
                return ReadSchema(new Fields(scope, map, "A secondary file"));
            default:
                scope.Error(node, $"A secondary file must be a pattern{(scope.Version > CwlVersion.V1_0 ? " or a mapping with 'pattern' and 'required'" : "")}; found {node.Description}.");
                return null;
        }
    }

    private static SecondaryFile? ReadSchema(Fields fields)
    {
        var pattern = fields.Require("pattern") is { } node ? fields.AsText(node, "pattern") : null;
        var required = fields.ValueOrExpression("required", "true, false", value => value is bool);
        fields.Finish();
        if (pattern is null)
        {
            return null;
        }

        return pattern.Text.EndsWith('?') && !ExpressionScan.IsExpression(pattern.Text)
            ? new SecondaryFile(new CwlText(pattern.Text[..^1], pattern.Position), required ?? false)
            : new SecondaryFile(fields.Scope.Text(pattern), required);
    }
}
