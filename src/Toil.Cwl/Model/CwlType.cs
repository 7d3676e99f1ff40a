namespace Toil.Cwl.Model;

/// <summary>What values a parameter takes. Type definitions and shortcuts (<c>File?</c>, <c>string[]</c>, <c>stdout</c>) are resolved.</summary>
internal abstract record CwlType;

internal enum PrimitiveKind
{
    Null,
    Boolean,
    Int,
    Long,
    Float,
    Double,
    String,
    File,
    Directory,
    Any,
}

internal sealed record PrimitiveType(PrimitiveKind Kind) : CwlType;

internal sealed record ArrayType(CwlType Items, CommandLineBinding? Binding = null) : CwlType;

/// <param name="Name">The full identifier of a named definition, or null.</param>
/// <param name="Symbols">Without the identifiers' prefixes.</param>
/// <param name="Binding">How a value becomes part of a command line.</param>
internal sealed record EnumType(string? Name, IReadOnlyList<string> Symbols, CommandLineBinding? Binding = null) : CwlType;

internal sealed record RecordType(string? Name, IReadOnlyList<RecordField> Fields, CommandLineBinding? Binding = null) : CwlType;

internal sealed record UnionType(IReadOnlyList<CwlType> Options) : CwlType;
