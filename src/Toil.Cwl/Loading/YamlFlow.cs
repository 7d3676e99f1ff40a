using Toil.Cwl.Model;

namespace Toil.Cwl.Loading;

/// <summary>Reads texts, and lists and mappings in brackets.</summary>
internal sealed class YamlFlow(YamlCursor cursor, YamlScalars scalars, YamlAnchors anchors, SourceDocument document)
{
    /// <exception cref="CwlException">There are too many levels.</exception>
    public static void RefuseDepth(YamlCursor cursor, int depth)
    {
        if (depth > NodeLimits.Height)
        {
            throw new CwlException(cursor.Position, $"The document is nested too deeply; {NodeLimits.Height} levels are allowed.");
        }
    }

    /// <summary>Whether what was read is followed by a colon, which makes it the name of a field.</summary>
    /// <exception cref="CwlException">It is, but is a list or mapping.</exception>
    public static bool IsAtColon(YamlCursor cursor, Node key)
    {
        if (cursor.IsAtBreakOrEnd)
        {
            return false;
        }

        cursor.SkipSpaces();
        return cursor.Current == ':' && cursor.IsBlank(1) && (key is ScalarNode ? true : throw YamlEntries.NotAName(key));
    }

    /// <param name="indent">Lines that continue a plain text are indented further.</param>
    /// <param name="inFlow">Whether it stands in brackets.</param>
    /// <param name="properties">Those before it.</param>
    /// <param name="depth">Levels above.</param>
    public Node ReadValue(int indent, bool inFlow, YamlProperties properties, int depth)
    {
        RefuseDepth(cursor, depth);
        var position = cursor.Position;
        return cursor.Current switch
        {
            '[' => anchors.Remember(properties, ReadList(depth)),
            '{' => anchors.Remember(properties, ReadMap(depth)),
            '\'' or '"' => anchors.Remember(properties, anchors.Scalar(position, scalars.ReadQuoted(), isPlain: false, properties)),
            _ when scalars.IsAtPlain(inFlow) => anchors.Remember(properties, anchors.Scalar(position, scalars.ReadPlain(indent, inFlow), isPlain: true, properties)),
            _ when properties.IsThere => anchors.Remember(properties, anchors.Scalar(position, "", isPlain: true, properties)),
            '\0' when cursor.IsAtEnd => throw cursor.Error("the document ends where a value is expected."),
            '%' or '@' or '`' => throw cursor.Error($"a text can't begin with '{cursor.Current}' unless it is in quotes."),
            var other => throw cursor.Error($"found '{other}' where a value is expected."),
        };
    }

    private ListNode ReadList(int depth)
    {
        var start = cursor.Position;
        var items = new List<Node>();
        cursor.Skip();
        while (!IsClosed(']', start))
        {
            items.Add(ReadItem(depth));
            SkipComma(']', start);
        }

        return new ListNode(document, start.Line, start.Column, items);
    }

    /// <summary>A value, or a single pair that makes a mapping of its own.</summary>
    private Node ReadItem(int depth)
    {
        var key = ReadFlowNode(depth + 1);
        cursor.SkipToContent();
        if (cursor.Current != ':')
        {
            return key;
        }

        var entries = new YamlEntries(document);
        cursor.Skip();
        entries.Add(key, ReadPairValue(depth + 1, ']'));
        return entries.ToMap(key.Line, key.Column);
    }

    private MapNode ReadMap(int depth)
    {
        var start = cursor.Position;
        var entries = new YamlEntries(document);
        cursor.Skip();
        while (!IsClosed('}', start))
        {
            var key = ReadFlowNode(depth + 1);
            cursor.SkipToContent();
            if (cursor.Current == ':')
            {
                cursor.Skip();
                entries.Add(key, ReadPairValue(depth, '}'));
            }
            else
            {
                entries.Add(key, new ScalarNode(document, key.Line, key.Column, "", null));
            }

            SkipComma('}', start);
        }

        return entries.ToMap(start.Line, start.Column);
    }

    private Node ReadPairValue(int depth, char close)
    {
        var position = cursor.Position;
        cursor.SkipToContent();
        return cursor.Current == ',' || cursor.Current == close ? new ScalarNode(document, position.Line, position.Column, "", null) : ReadFlowNode(depth + 1);
    }

    private Node ReadFlowNode(int depth)
    {
        cursor.SkipToContent();
        if (cursor.Current == '*')
        {
            return anchors.ReadAlias();
        }

        var properties = anchors.ReadProperties();
        cursor.SkipToContent();
        return ReadValue(indent: -1, inFlow: true, properties, depth);
    }

    private bool IsClosed(char close, SourcePosition start)
    {
        cursor.SkipToContent();
        if (cursor.IsAtEnd || cursor.IsAtMarker("---") || cursor.IsAtMarker("..."))
        {
            throw new CwlException(start, $"This is not valid YAML: the bracket that opens here is never closed by '{close}'.");
        }

        if (cursor.Current != close)
        {
            return false;
        }

        cursor.Skip();
        return true;
    }

    private void SkipComma(char close, SourcePosition start)
    {
        cursor.SkipToContent();
        if (cursor.Current == ',')
        {
            cursor.Skip();
        }
        else if (cursor.Current != close && !cursor.IsAtEnd)
        {
            throw cursor.Error($"expected ',' or '{close}' for the bracket that opens in line {start.Line}; found '{cursor.Current}'.");
        }
    }
}
