using System.Diagnostics.CodeAnalysis;

namespace Toil.Options;

/// <summary>Finds how values of a type are written.</summary>
internal static class WorkflowOptionSyntax
{
    // A program's own text may be empty, unlike the engine's paths.
    private static readonly ValueSyntax<string> Anything = ValueSyntaxes.Text with { TryParse = TryTake };

    /// <exception cref="ArgumentException">Options can't have values of that type.</exception>
    public static ValueSyntax<T> Of<T>()
    {
        var type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        return type switch
        {
            _ when type == typeof(bool) => Adapt<bool, T>(ValueSyntaxes.Flag),
            _ when type == typeof(string) => Adapt<string, T>(Anything),
            _ when type == typeof(int) => Adapt<int, T>(ValueSyntaxes.Number<int>("COUNT", "a whole number")),
            _ when type == typeof(long) => Adapt<long, T>(ValueSyntaxes.Number<long>("COUNT", "a whole number")),
            _ when type == typeof(double) => Adapt<double, T>(ValueSyntaxes.Number<double>("NUMBER", "a number")),
            _ when type == typeof(ByteSize) => Adapt<ByteSize, T>(ValueSyntaxes.Size),
            { IsEnum: true } => Adapt<object, T>(ValueSyntaxes.NameIn(type)),
            _ => throw new ArgumentException($"An option can't have values of type {type.Name}: use string, bool, int, long, double, ByteSize or an enum."),
        };
    }

    /// <summary>The same syntax for the type's nullable form.</summary>
    private static ValueSyntax<T> Adapt<TFrom, T>(ValueSyntax<TFrom> syntax)
    {
        return new(syntax.Name, syntax.Allowed, TryParse, value => syntax.Format((TFrom)(object)value!));

        bool TryParse(string text, [NotNullWhen(true)] out T? value)
        {
            var isValid = syntax.TryParse(text, out var parsed);
            value = isValid ? (T)(object)parsed! : default;
            return isValid;
        }
    }

    private static bool TryTake(string text, [NotNullWhen(true)] out string? value)
    {
        value = text;
        return true;
    }
}
