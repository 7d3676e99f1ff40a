using Toil.Cwl.Expressions;
using Toil.Cwl.Files;
using Toil.Cwl.Model;

namespace Toil.Cwl.Tools;

/// <summary>Which values belong to which types.</summary>
internal static class ValueTypes
{
    public static bool Accepts(CwlType type, object? value) => type switch
    {
        PrimitiveType primitive => Accepts(primitive.Kind, value),
        UnionType union => union.Options.Any(option => Accepts(option, value)),
        ArrayType array => value is List<object?> list && list.TrueForAll(item => Accepts(array.Items, item)),
        EnumType @enum => value is string symbol && @enum.Symbols.Contains(symbol),
        RecordType record => value is OrderedDictionary<string, object?> map
            && !FileValues.IsFileOrDirectory(value, out _)
            && record.Fields.All(field => Accepts(field.Type, map.GetValueOrDefault(field.Name))),
        _ => throw new InvalidOperationException($"There is no type {type.GetType().Name}."),
    };

    public static bool AcceptsNull(CwlType type) => Accepts(type, null);

    /// <summary>The option of a union that a value belongs to, or the type itself.</summary>
    public static CwlType Choose(CwlType type, object? value) =>
        type is UnionType union && union.Options.FirstOrDefault(option => Accepts(option, value)) is { } chosen ? Choose(chosen, value) : type;

    /// <summary>What people call a type.</summary>
    public static string Describe(CwlType type) => type switch
    {
        PrimitiveType { Kind: PrimitiveKind.File or PrimitiveKind.Directory or PrimitiveKind.Any } primitive => primitive.Kind.ToString(),
        PrimitiveType primitive => primitive.Kind.ToString().ToLowerInvariant(),
        ArrayType array => $"{Describe(array.Items)}[]",
        EnumType @enum => $"one of {string.Join(", ", @enum.Symbols)}",
        RecordType record => $"a record of {string.Join(", ", record.Fields.Select(field => $"{field.Name}: {Describe(field.Type)}"))}",
        UnionType union => string.Join(" or ", union.Options.Select(Describe)),
        _ => type.GetType().Name,
    };

    /// <summary>The innermost place where a value doesn't fit.</summary>
    /// <param name="type">What is expected.</param>
    /// <param name="value">What was found.</param>
    /// <param name="path">What to call the value.</param>
    /// <returns>A sentence.</returns>
    public static string Explain(CwlType type, object? value, string path)
    {
        switch (type, value)
        {
            case (ArrayType array, List<object?> list) when list.FindIndex(item => !Accepts(array.Items, item)) is >= 0 and var index:
                return Explain(array.Items, list[index], FormattableString.Invariant($"{path}[{index}]"));
            case (RecordType record, OrderedDictionary<string, object?> map) when record.Fields.FirstOrDefault(field => !Accepts(field.Type, map.GetValueOrDefault(field.Name))) is { } field:
                return Explain(field.Type, map.GetValueOrDefault(field.Name), $"{path}.{field.Name}");
            default:
                return $"{path} should be {Describe(type)}, but is {ValueWords.Describe(value)}{(value is string or bool or long or double ? $" ({JsonText.Of(value)})" : "")}";
        }
    }

    private static bool Accepts(PrimitiveKind kind, object? value) => kind switch
    {
        PrimitiveKind.Null => value is null,
        PrimitiveKind.Boolean => value is bool,
        PrimitiveKind.Int => value is long and >= int.MinValue and <= int.MaxValue or int,
        PrimitiveKind.Long => value is long or int,
        PrimitiveKind.Float or PrimitiveKind.Double => value is double or long or int,
        PrimitiveKind.String => value is string,
        PrimitiveKind.File => FileValues.IsFile(value),
        PrimitiveKind.Directory => FileValues.IsDirectory(value),
        PrimitiveKind.Any => value is not null,
        _ => false,
    };
}
