using Toil.Cwl.Loading;
using Toil.Cwl.Model;

namespace Toil.Cwl.Validation;

/// <param name="Name">What messages call it.</param>
/// <param name="Type">As it comes out, gathered where the step scatters.</param>
/// <param name="SecondaryFiles">Those that come along.</param>
internal sealed record LinkSource(string Name, CwlType Type, IReadOnlyList<SecondaryFile> SecondaryFiles)
{
    /// <summary>Whether its step may be skipped: then it is null.</summary>
    public bool IsConditional { get; init; }

    /// <summary>Whether a value replaces null.</summary>
    public bool HasDefault { get; init; }
}

/// <param name="Name">What messages call it.</param>
/// <param name="Position">Where it is written.</param>
/// <param name="Type">What it takes, a list where the step scatters over it; null if the process has no such input.</param>
/// <param name="SecondaryFiles">Those that it needs.</param>
internal sealed record LinkSink(string Name, SourcePosition Position, CwlType? Type, IReadOnlyList<SecondaryFile> SecondaryFiles)
{
    public bool IsList { get; init; }

    public LinkMerge? Merge { get; init; }

    public PickValue? Pick { get; init; }

    /// <summary>An expression makes the value: its type is not known before.</summary>
    public bool IsComputed { get; init; }

    public bool HasDefault { get; init; }

    public bool IsScattered { get; init; }
}

/// <summary>Whether what comes from a source can go into a sink: a type that never fits is an error, one that may not fit a warning.</summary>
internal static class LinkRules
{
    /// <param name="source">Where a value comes from.</param>
    /// <param name="sink">Where it goes.</param>
    /// <param name="count">How many sources the sink has.</param>
    /// <param name="problems">Gets what does not fit.</param>
    public static void Check(LinkSource source, LinkSink sink, int count, ProblemList problems)
    {
        if (sink.IsComputed)
        {
            return;
        }

        var type = source.IsConditional ? TypeMatch.OrNull(source.Type) : source.Type;
        type = source.HasDefault || sink.HasDefault ? TypeMatch.WithoutNull(type) : type;
        var merged = Merge(type, sink, count);
        if (sink.Pick is not null && !sink.IsList && TypeMatch.WithoutNull(type) is PrimitiveType { Kind: not PrimitiveKind.Any })
        {
            problems.Warn(sink.Position, $"{sink.Name} has 'pickValue', but {source.Name} is a single value.");
        }

        switch (TypeMatch.Match(merged, sink.Type!))
        {
            case Fit.Never:
                problems.Error(sink.Position, $"{sink.Name} takes {TypeText.Of(sink.Type!)}{(sink.IsScattered ? " (it is scattered over)" : "")}, but {source.Name} gives {TypeText.Of(merged)}.");
                break;
            case Fit.Sometimes when source.IsConditional && TypeMatch.Match(Merge(source.Type, sink, count), sink.Type!) == Fit.Always:
                problems.Warn(sink.Position, $"{sink.Name} takes {TypeText.Of(sink.Type!)}, but {source.Name} is null if its step is skipped.");
                break;
            case Fit.Sometimes:
                problems.Warn(sink.Position, $"{sink.Name} takes {TypeText.Of(sink.Type!)}, but {source.Name} may give something else of {TypeText.Of(merged)}.");
                break;
            default:
                WarnOfSecondaryFiles(source, sink, problems);
                break;
        }
    }

    /// <summary>The type of all sources together, so far as this one decides it.</summary>
    private static CwlType Merge(CwlType type, LinkSink sink, int count)
    {
        var merged = (sink.Merge ?? (count > 1 ? LinkMerge.MergeNested : null)) switch
        {
            LinkMerge.MergeNested => new ArrayType(type),
            LinkMerge.MergeFlattened => Flatten(type),
            _ => type,
        };
        return (sink.Pick, TypeMatch.WithoutNull(merged)) switch
        {
            (null, _) => merged,
            (PickValue.AllNonNull, ArrayType array) => new ArrayType(TypeMatch.WithoutNull(array.Items)),
            (_, ArrayType array) => TypeMatch.WithoutNull(array.Items),
            (_, var single) => single,
        };
    }

    private static CwlType Flatten(CwlType type) => type switch
    {
        ArrayType => type,
        UnionType union => new UnionType([.. union.Options.Select(Flatten)]),
        _ => new ArrayType(type),
    };

    private static void WarnOfSecondaryFiles(LinkSource source, LinkSink sink, ProblemList problems)
    {
        var missing = sink.SecondaryFiles
            .Where(wanted => wanted.Required is not false and not CwlText && !ExpressionScan.IsExpression(wanted.Pattern.Source) && !source.SecondaryFiles.Any(given => given.Pattern.Source == wanted.Pattern.Source))
            .Select(wanted => wanted.Pattern.Source)
            .ToList();
        if (missing.Count > 0)
        {
            problems.Warn(sink.Position, $"{sink.Name} needs the secondary files {string.Join(", ", missing)}, which {source.Name} does not declare. Declare them there, or mark them as optional here.");
        }
    }
}
