using System.Text;
using Toil.Cwl.Model;

namespace Toil.Cwl.Loading;

/// <summary>Reads YAML 1.2, and so JSON, into nodes in one pass.</summary>
/// <remarks>A reader of our own: it is many times faster than a general one that makes events of tokens, and takes the liberties with indentation that documents in the wild rely on.</remarks>
internal sealed class YamlReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly SourceDocument _document;
    private readonly YamlCursor _cursor;
    private readonly YamlScalars _scalars;
    private readonly YamlFlow _flow;
    private readonly YamlAnchors _anchors;

    private YamlReader(SourceDocument document, string text)
    {
        _document = document;
        _cursor = new YamlCursor(text, document);
        _scalars = new YamlScalars(_cursor);
        _anchors = new YamlAnchors(_cursor, document);
        _flow = new YamlFlow(_cursor, _scalars, _anchors, document);
    }

    /// <exception cref="CwlException">It is not valid YAML, too large when expanded, or too deep.</exception>
    public static Node Read(ReadOnlyMemory<byte> bytes, SourceDocument document)
    {
        var text = Decode(bytes.Span, document);
        if (text.AsSpan().IndexOfAnyInRange('\0', '\b') is var control and >= 0)
        {
            var before = text.AsSpan(0, control);
            throw new CwlException(new SourcePosition(document.Name, before.Count('\n') + 1, control - before.LastIndexOf('\n')), $"This is not valid YAML: the control character {(int)text[control]:X2} may not stand in a document.");
        }

        return new YamlReader(document, text).ReadDocument();
    }

    /// <exception cref="CwlException">The bytes are neither UTF-8 nor UTF-16 with a byte order mark.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes, SourceDocument document)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            return (bytes[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(bytes[2..]);
        }

        var text = bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes[3..] : bytes;
        try
        {
            return StrictUtf8.GetString(text);
        }
        catch (DecoderFallbackException error)
        {
            var before = text[..error.Index];
            var column = error.Index - before.LastIndexOf((byte)'\n');
            throw new CwlException(new SourcePosition(document.Name, before.Count((byte)'\n') + 1, column), $"The byte {text[error.Index]:X2} here is not valid UTF-8. Save the document as UTF-8.");
        }
    }

    private Node ReadDocument()
    {
        _cursor.SkipToContent();
        while (_cursor.Current == '%' && _cursor.Column == 0)
        {
            _cursor.SkipLine();
            _cursor.SkipToContent();
        }

        if (_cursor.IsAtMarker("---"))
        {
            _cursor.Skip(3);
            _cursor.SkipToContent();
        }

        if (_cursor.IsAtDocumentEnd)
        {
            throw new CwlException(new SourcePosition(_document.Name, 1, 1), "The document is empty.");
        }

        var root = ReadBlock(-1, isInLine: false, depth: 1);
        _cursor.SkipToContent();
        if (_cursor.IsAtMarker("..."))
        {
            _cursor.Skip(3);
            _cursor.SkipToContent();
        }

        return _cursor.IsAtEnd ? root
            : _cursor.IsAtMarker("---") ? throw _cursor.Error("a second document begins here; only one is allowed in a file.")
            : throw _cursor.Error("the indentation of this line fits nothing above it, or something before it is not closed.");
    }

    /// <summary>Reads what begins here.</summary>
    /// <param name="indent">Of what it belongs to: it must be indented further.</param>
    /// <param name="isInLine">Whether it stands behind <c>key:</c> in a line, where no block can begin.</param>
    /// <param name="depth">Levels above.</param>
    private Node ReadBlock(int indent, bool isInLine, int depth)
    {
        YamlFlow.RefuseDepth(_cursor, depth);
        var line = _cursor.Line;
        if (!isInLine)
        {
            _cursor.RefuseTabs();
        }

        var start = (_cursor.Position, _cursor.Column);
        var properties = _anchors.ReadProperties();
        if (properties.IsThere && _cursor.IsAtBreakOrEnd)
        {
            return _anchors.Remember(properties, ReadNext(indent, depth) ?? Null(_cursor.Position));
        }

        var canBeBlock = !isInLine || _cursor.Line > line;
        start = properties.IsThere ? start : (_cursor.Position, _cursor.Column);
        switch (_cursor.Current)
        {
            case '-' when _cursor.IsBlank(1):
                return canBeBlock ? _anchors.Remember(properties, ReadList(_cursor.Column, depth)) : throw _cursor.Error("a list can't begin in the line of its key; begin it in the next one.");
            case '?' when _cursor.IsBlank(1):
                throw _cursor.Error("names of fields that are written with '?' are not supported.");
            case '|' or '>':
                return _anchors.Remember(properties, _anchors.Scalar(start.Position, _scalars.ReadBlock(indent), isPlain: false, properties));
            case '*':
                return _anchors.ReadAlias();
        }

        var key = _flow.ReadValue(indent, inFlow: false, properties, depth);
        if (!YamlFlow.IsAtColon(_cursor, key))
        {
            return key;
        }

        if (key.Line < _cursor.Line)
        {
            throw _cursor.Error($"this line continues the text that begins in line {key.Line}, because it is indented further; a ':' with a space can't stand in it. Correct the indentation, or put the text into quotes.");
        }

        if (!canBeBlock)
        {
            throw _cursor.Error("a ':' with a space behind it can't stand here. Put the text into quotes, or begin a mapping in a line of its own.");
        }

        return ReadMap(start.Column, key, depth);
    }

    /// <summary>What stands in the lines below, if it is indented further.</summary>
    private Node? ReadNext(int indent, int depth)
    {
        _cursor.SkipToContent();
        return _cursor.IsAtDocumentEnd || _cursor.Column <= indent ? null : ReadBlock(indent, isInLine: false, depth);
    }

    private ListNode ReadList(int indent, int depth)
    {
        var (line, column) = (_cursor.Line, _cursor.Column + 1);
        var items = new List<Node>();
        while (!_cursor.IsAtDocumentEnd && _cursor.Column == indent && _cursor.Current == '-' && _cursor.IsBlank(1))
        {
            _cursor.Skip();
            var position = _cursor.Position;
            _cursor.SkipToContentInLine();
            items.Add((_cursor.IsAtBreakOrEnd ? ReadNext(indent, depth + 1) : ReadBlock(indent, isInLine: false, depth + 1)) ?? Null(position));
            _cursor.SkipToContent();
        }

        RefuseIndent(indent);
        return new ListNode(_document, line, column, items);
    }

    private MapNode ReadMap(int indent, Node firstKey, int depth)
    {
        var entries = new YamlEntries(_document);
        var key = firstKey;
        while (true)
        {
            _cursor.Skip();
            entries.Add(key, ReadMapValue(indent, depth));
            _cursor.SkipToContent();
            if (_cursor.IsAtDocumentEnd || _cursor.Column != indent)
            {
                break;
            }

            _cursor.RefuseTabs();
            key = ReadKey(indent, depth);
        }

        RefuseIndent(indent);
        return entries.ToMap(firstKey.Line, firstKey.Column);
    }

    private Node ReadKey(int indent, int depth)
    {
        var properties = _anchors.ReadProperties();
        if (_cursor.Current == '-' && _cursor.IsBlank(1))
        {
            throw _cursor.Error("expected a field of the mapping above; found an item of a list.");
        }

        var line = _cursor.Line;
        var key = _cursor.Current == '*' ? _anchors.ReadAlias() : _flow.ReadValue(indent, inFlow: false, properties, depth + 1);
        return YamlFlow.IsAtColon(_cursor, key) && _cursor.Line == line
            ? key
            : throw new CwlException(key.Position, $"This is not valid YAML: expected a field of the mapping above, with ':' and a space behind its name; found {key.Description}.");
    }

    private Node ReadMapValue(int indent, int depth)
    {
        var position = _cursor.Position;
        _cursor.SkipToContentInLine();
        if (!_cursor.IsAtBreakOrEnd)
        {
            return ReadBlock(indent, isInLine: true, depth + 1);
        }

        _cursor.SkipToContent();
        if (_cursor.IsAtDocumentEnd || _cursor.Column < indent)
        {
            return Null(position);
        }

        // A list may stand as far to the left as the key that it belongs to.
        return _cursor.Column > indent ? ReadBlock(indent, isInLine: false, depth + 1)
            : _cursor.Current == '-' && _cursor.IsBlank(1) ? ReadList(indent, depth + 1)
            : Null(position);
    }

    private void RefuseIndent(int indent)
    {
        if (!_cursor.IsAtDocumentEnd && _cursor.Column > indent)
        {
            _cursor.RefuseTabs();
            throw _cursor.Error("the indentation of this line fits nothing above it, or something before it is not closed.");
        }
    }

    private ScalarNode Null(SourcePosition position) => new(_document, position.Line, position.Column, "", null);
}
