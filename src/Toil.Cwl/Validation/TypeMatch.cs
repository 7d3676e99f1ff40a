using Toil.Cwl.Model;

namespace Toil.Cwl.Validation;

internal enum Fit
{
    /// <summary>No value of the one type is of the other.</summary>
    Never,

    /// <summary>It depends on the value.</summary>
    Sometimes,

    Always,
}

/// <summary>Whether values of one type are of another.</summary>
internal static class TypeMatch
{
    public static Fit Match(CwlType source, CwlType sink)
    {
        if (IsAny(source))
        {
            return Fit.Always;
        }

        if (source is UnionType union)
        {
            return MatchUnion(union, sink);
        }

        if (IsAny(sink))
        {
            return source == TypeReader.Null ? Fit.Never : Fit.Always;
        }

        return sink is UnionType options
            ? options.Options.Select(option => Match(source, option)).DefaultIfEmpty(Fit.Never).Max()
            : MatchSingle(source, sink);
    }

    public static UnionType OrNull(CwlType type) => type is UnionType union
        ? union.Options.Contains(TypeReader.Null) ? union : new UnionType([TypeReader.Null, .. union.Options])
        : new UnionType([TypeReader.Null, type]);

    /// <summary>What is left of a type if its value is not null; null itself stays as it is.</summary>
    public static CwlType WithoutNull(CwlType type)
    {
        if (type is not UnionType union)
        {
            return type;
        }

        var options = union.Options.Where(option => option != TypeReader.Null).ToList();
        return options switch { [] => type, [var single] => single, _ => new UnionType(options) };
    }

    public static bool AcceptsNull(CwlType type) => type == TypeReader.Null || (type is UnionType union && union.Options.Contains(TypeReader.Null));

    /// <summary>Null alone is not enough for a fit: nobody connects a source for the case that it has no value.</summary>
    private static Fit MatchUnion(UnionType source, CwlType sink)
    {
        var fits = source.Options.Select(option => (Option: option, Fit: Match(option, sink))).ToList();
        return fits.TrueForAll(found => found.Fit == Fit.Always) ? Fit.Always
            : fits.Exists(found => found.Fit != Fit.Never && found.Option != TypeReader.Null) ? Fit.Sometimes
            : Fit.Never;
    }

    private static Fit MatchSingle(CwlType source, CwlType sink) => (source, sink) switch
    {
        (PrimitiveType from, PrimitiveType to) => MatchPrimitive(from.Kind, to.Kind),
        (ArrayType from, ArrayType to) => Match(from.Items, to.Items) is var fit and not Fit.Never ? fit : Fit.Never,
        (EnumType from, EnumType to) => from.Symbols.All(to.Symbols.Contains) ? Fit.Always : from.Symbols.Any(to.Symbols.Contains) ? Fit.Sometimes : Fit.Never,
        (EnumType, PrimitiveType { Kind: PrimitiveKind.String }) => Fit.Always,
        (PrimitiveType { Kind: PrimitiveKind.String }, EnumType) => Fit.Sometimes,
        (RecordType from, RecordType to) => MatchRecords(from, to),
        _ => Fit.Never,
    };

    private static Fit MatchPrimitive(PrimitiveKind from, PrimitiveKind to) => from == to ? Fit.Always : (from, to) switch
    {
        (PrimitiveKind.Int, PrimitiveKind.Long) => Fit.Always,
        (PrimitiveKind.Int or PrimitiveKind.Long or PrimitiveKind.Float, PrimitiveKind.Float or PrimitiveKind.Double) => Fit.Always,
        (PrimitiveKind.Double, PrimitiveKind.Float) => Fit.Always,
        (PrimitiveKind.Long, PrimitiveKind.Int) => Fit.Sometimes,
        (PrimitiveKind.Float or PrimitiveKind.Double, PrimitiveKind.Int or PrimitiveKind.Long) => Fit.Sometimes,
        _ => Fit.Never,
    };

    private static Fit MatchRecords(RecordType source, RecordType sink)
    {
        var worst = Fit.Always;
        foreach (var field in sink.Fields)
        {
            var given = source.Fields.FirstOrDefault(other => other.Name == field.Name)?.Type ?? TypeReader.Null;
            var fit = Match(given, field.Type);
            worst = fit < worst ? fit : worst;
        }

        return worst;
    }

    private static bool IsAny(CwlType type) => type is PrimitiveType { Kind: PrimitiveKind.Any };
}
