using System.Diagnostics.CodeAnalysis;

namespace Toil.Options;

/// <summary>How values of one kind are written on a command line.</summary>
/// <param name="Name">What help calls the value.</param>
/// <param name="Allowed">What may be written, as the end of "expected …".</param>
/// <param name="TryParse">Reads a value; false when it isn't allowed.</param>
/// <param name="Format">Writes it for people.</param>
internal sealed record ValueSyntax<T>(
    string Name, string Allowed, ValueSyntax<T>.Parser TryParse, Func<T, string> Format)
{
    internal delegate bool Parser(string text, [NotNullWhen(true)] out T? value);
}
