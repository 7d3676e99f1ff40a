using Toil.Cwl.Model;

namespace Toil.Cwl.Loading;

/// <param name="Anchor">The name by which aliases mean the value, or null.</param>
/// <param name="Tag">As written, or null.</param>
internal readonly record struct YamlProperties(string? Anchor, string? Tag)
{
    public bool IsThere => Anchor is not null || Tag is not null;
}

/// <summary>What stands before values in YAML: anchors, which aliases refer to, and tags.</summary>
internal sealed class YamlAnchors(YamlCursor cursor, SourceDocument document)
{
    private readonly Dictionary<string, Node> _anchors = new(StringComparer.Ordinal);

    /// <summary>Reads anchor and tag, in any order, and the spaces behind them.</summary>
    public YamlProperties ReadProperties()
    {
        var properties = default(YamlProperties);
        while (cursor.Current is '&' or '!' && !(cursor.Current == '&' ? properties.Anchor is not null : properties.Tag is not null))
        {
            properties = cursor.Current == '&' ? properties with { Anchor = ReadName() } : properties with { Tag = ReadTag() };
            cursor.SkipToContentInLine();
        }

        return properties;
    }

    /// <summary>The value that an alias stands for: the same node, not a copy.</summary>
    public Node ReadAlias()
    {
        var position = cursor.Position;
        var name = ReadName();
        return _anchors.TryGetValue(name, out var node) ? node : throw new CwlException(position, $"This is not valid YAML: there is no anchor '&{name}' before this alias. Put a text that begins with '*' into quotes.");
    }

    public T Remember<T>(YamlProperties properties, T node)
        where T : Node
    {
        if (properties.Anchor is not null)
        {
            _anchors[properties.Anchor] = node;
        }

        return node;
    }

    public ScalarNode Scalar(SourcePosition position, string text, bool isPlain, YamlProperties properties)
    {
        var value = properties.Tag switch
        {
            null => isPlain ? PlainScalar.Resolve(text) : text,
            "!" or "!!str" => text,
            "!!int" or "!!bool" or "!!null" => PlainScalar.Resolve(text),
            "!!float" => PlainScalar.Resolve(text) is long whole ? (double)whole : PlainScalar.Resolve(text),
            _ => throw new CwlException(position, $"The YAML tag '{properties.Tag}' means nothing here; remove it."),
        };
        return new ScalarNode(document, position.Line, position.Column, text, value);
    }

    private string ReadName()
    {
        cursor.Skip();
        var start = cursor.At;
        while (!cursor.IsBlank(0) && cursor.Current is not (',' or '[' or ']' or '{' or '}'))
        {
            cursor.Skip();
        }

        return cursor.At > start ? cursor.TextFrom(start) : throw cursor.Error("expected a name behind '&' or '*'. Put a text that begins with one of them into quotes.");
    }

    private string ReadTag()
    {
        var start = cursor.At;
        while (!cursor.IsBlank(0))
        {
            cursor.Skip();
        }

        return cursor.TextFrom(start);
    }
}
