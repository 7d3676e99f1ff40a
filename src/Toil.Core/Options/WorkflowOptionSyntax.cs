using System.Diagnostics.CodeAnalysis;

namespace Toil.Options;

/// <summary>Finds how values of a type are written.</summary>
internal static class WorkflowOptionSyntax
{
    public static ValueSyntax<T> Of<T>()
        where T : notnull => (ValueSyntax<T>)(Known(typeof(T)) ?? (typeof(T).IsEnum ? EnumSyntax<T>() : throw Unsupported(typeof(T))));

    private static object? Known(Type type) => type switch
    {
        _ when type == typeof(bool) => ValueSyntaxes.Flag,
        _ when type == typeof(string) => Anything,
        _ when type == typeof(int) => ValueSyntaxes.Number<int>("COUNT", "a whole number"),
        _ when type == typeof(long) => ValueSyntaxes.Number<long>("COUNT", "a whole number"),
        _ when type == typeof(double) => ValueSyntaxes.Number<double>("NUMBER", "a number"),
        _ when type == typeof(ByteSize) => ValueSyntaxes.Size,
        _ => null,
    };

    // A program's own text may be empty, unlike the engine's paths.
    private static readonly ValueSyntax<string> Anything = ValueSyntaxes.Text with { TryParse = TryTake };

    private static bool TryTake(string text, [NotNullWhen(true)] out string? value)
    {
        value = text;
        return true;
    }

    private static ValueSyntax<T> EnumSyntax<T>()
        where T : notnull =>
        ValueSyntaxes.Choice("NAME", [.. Enum.GetNames(typeof(T)).Select(name => (name, (T)Enum.Parse(typeof(T), name)))]);

    private static ArgumentException Unsupported(Type type) =>
        new($"An option can't have values of type {type.Name}: use string, bool, int, long, double, ByteSize or an enum.");
}
