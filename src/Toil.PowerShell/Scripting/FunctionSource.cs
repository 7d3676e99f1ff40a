using System.Management.Automation;
using System.Management.Automation.Language;

namespace Toil.Scripting;

/// <summary>Takes functions and blocks out of a session as text.</summary>
internal static class FunctionSource
{
    public static ShippedFunction Of(FunctionInfo function) =>
        new(function.Name, function.ScriptBlock.Ast is FunctionDefinitionAst, TextOf(function.ScriptBlock.Ast));

    public static SourceText TextOf(Ast ast) => new(
        ast.Extent.File ?? "", ast.Extent.StartLineNumber, ast.Extent.StartColumnNumber, ast.Extent.Text);
}
