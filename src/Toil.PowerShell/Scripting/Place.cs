using System.Globalization;
using System.Management.Automation.Language;

namespace Toil.Scripting;

/// <summary>Says where in a script something stands.</summary>
internal static class Place
{
    public static string Of(Ast ast) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(string.IsNullOrEmpty(ast.Extent.File) ? "<scriptblock>" : ast.Extent.File)}:{ast.Extent.StartLineNumber}:{ast.Extent.StartColumnNumber}");
}
