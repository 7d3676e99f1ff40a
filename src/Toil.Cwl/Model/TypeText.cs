namespace Toil.Cwl.Model;

/// <summary>Types as people write them, for messages and help.</summary>
internal static class TypeText
{
    public static string Of(CwlType type) => type switch
    {
        PrimitiveType { Kind: var kind } => OfPrimitive(kind),
        ArrayType { Items: UnionType or EnumType { Name: null } or RecordType { Name: null } } array => $"({Of(array.Items)})[]",
        ArrayType array => Of(array.Items) + "[]",
        EnumType { Name: { } name } => ShortName(name),
        EnumType { Symbols.Count: <= 8 } anonymous => $"one of {string.Join(", ", anonymous.Symbols)}",
        EnumType anonymous => $"one of {string.Join(", ", anonymous.Symbols.Take(8))}, …",
        RecordType { Name: { } name } => ShortName(name),
        RecordType record => $"record of {string.Join(", ", record.Fields.Select(field => field.Name))}",
        UnionType { Options: [PrimitiveType { Kind: PrimitiveKind.Null }, var single] } => Optional(single),
        UnionType { Options: [var single, PrimitiveType { Kind: PrimitiveKind.Null }] } => Optional(single),
        UnionType union => string.Join(" or ", union.Options.Select(Of)),
        _ => throw new ArgumentException($"{type.GetType().Name} has no text.", nameof(type)),
    };

    private static string Optional(CwlType type) => type is EnumType { Name: null } or RecordType { Name: null } ? Of(type) + " or null" : Of(type) + "?";

    private static string OfPrimitive(PrimitiveKind kind) => kind switch
    {
        PrimitiveKind.Null => "null",
        PrimitiveKind.Boolean => "boolean",
        PrimitiveKind.Int => "int",
        PrimitiveKind.Long => "long",
        PrimitiveKind.Float => "float",
        PrimitiveKind.Double => "double",
        PrimitiveKind.String => "string",
        PrimitiveKind.File => "File",
        PrimitiveKind.Directory => "Directory",
        _ => "Any",
    };

    private static string ShortName(string name) => name[(name.LastIndexOfAny(['#', '/']) + 1)..];
}
