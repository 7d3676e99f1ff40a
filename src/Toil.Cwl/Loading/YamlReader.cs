using System.Globalization;
using System.Text;
using Toil.Cwl.Model;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Toil.Cwl.Loading;

/// <summary>Reads YAML, and so JSON, into nodes.</summary>
internal sealed class YamlReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly SourceDocument _document;
    private readonly Parser _parser;
    private readonly Dictionary<AnchorName, Node> _anchors = [];
    private int _depth;

    private YamlReader(SourceDocument document, string text)
    {
        _document = document;
        _parser = new Parser(new StringReader(text));
    }

    /// <exception cref="CwlException">It is not valid YAML, too large when expanded, or too deep.</exception>
    public static Node Read(ReadOnlyMemory<byte> bytes, SourceDocument document)
    {
        var reader = new YamlReader(document, Decode(bytes.Span, document));
        try
        {
            return reader.ReadDocument();
        }
        catch (YamlException error)
        {
            throw new CwlException(reader.PositionOf(error.Start), $"This is not valid YAML: {Sentence(error.InnerException?.Message ?? error.Message)}");
        }
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
        _parser.MoveNext();
        _parser.MoveNext();
        if (_parser.Current is not DocumentStart)
        {
            throw new CwlException(new SourcePosition(_document.Name, 1, 1), "The document is empty.");
        }

        _parser.MoveNext();
        var root = ReadNode();
        _parser.MoveNext();
        _parser.MoveNext();
        return _parser.Current is DocumentStart second
            ? throw new CwlException(PositionOf(second.Start), "A second YAML document begins here; only one is allowed in a file.")
            : root;
    }

    /// <summary>Leaves the parser at the last event of the node.</summary>
    private Node ReadNode()
    {
        if (++_depth > NodeLimits.Height)
        {
            throw new CwlException(PositionOf(_parser.Current!.Start), $"The document is nested too deeply; {NodeLimits.Height} levels are allowed.");
        }

        Node node = _parser.Current switch
        {
            Scalar scalar => Remember(scalar, new ScalarNode(_document, Line(scalar), Column(scalar), scalar.Value, ValueOf(scalar))),
            SequenceStart start => Remember(start, new ListNode(_document, Line(start), Column(start), ReadItems())),
            MappingStart start => Remember(start, new MapNode(_document, Line(start), Column(start), ReadEntries())),
            AnchorAlias alias => _anchors.GetValueOrDefault(alias.Value)
                ?? throw new CwlException(PositionOf(alias.Start), $"There is no anchor '{alias.Value}' before this alias."),
            var other => throw new CwlException(PositionOf(other?.Start ?? Mark.Empty), "Expected a value."),
        };
        _depth--;
        return node;
    }

    private List<Node> ReadItems()
    {
        var items = new List<Node>();
        while (_parser.MoveNext() && _parser.Current is not SequenceEnd)
        {
            items.Add(ReadNode());
        }

        return items;
    }

    private List<MapEntry> ReadEntries()
    {
        var entries = new List<MapEntry>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        List<Node>? merged = null;
        while (_parser.MoveNext() && _parser.Current is not MappingEnd)
        {
            var start = _parser.Current;
            var isMerge = start is Scalar { Value: "<<", Style: ScalarStyle.Plain };
            var key = ReadNode() as ScalarNode
                ?? throw new CwlException(PositionOf(start!.Start), "A field's name must be a text, not a list or mapping. Put text that begins with '{' or '[' into quotes.");
            _parser.MoveNext();
            var value = ReadNode();
            if (isMerge)
            {
                (merged ??= []).Add(value);
            }
            else if (keys.Add(key.Text))
            {
                entries.Add(new MapEntry(key.Text, key.Position, value));
            }
            else
            {
                throw new CwlException(key.Position, $"The field '{key.Text}' is given twice in this mapping; it is first given in line {FirstLine(entries, key.Text)}.");
            }
        }

        foreach (var source in merged ?? [])
        {
            Merge(source, entries, keys);
        }

        return entries;
    }

    private static void Merge(Node source, List<MapEntry> entries, HashSet<string> keys)
    {
        switch (source)
        {
            case MapNode map:
                entries.AddRange(map.Entries.Where(entry => keys.Add(entry.Key)));
                break;
            case ListNode list when list.Items.All(item => item is MapNode):
                foreach (var item in list.Items)
                {
                    Merge(item, entries, keys);
                }

                break;
            default:
                throw new CwlException(source.Position, $"A merge key '<<' needs a mapping or a list of mappings; found {source.Description}.");
        }
    }

    private static int FirstLine(List<MapEntry> entries, string key) => entries.Find(entry => entry.Key == key).KeyPosition.Line;

    private T Remember<T>(NodeEvent start, T node)
        where T : Node
    {
        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor] = node;
        }

        return node;
    }

    private object? ValueOf(Scalar scalar)
    {
        if (scalar.Tag.IsEmpty)
        {
            return scalar.Style == ScalarStyle.Plain ? PlainScalar.Resolve(scalar.Value) : scalar.Value;
        }

        return scalar.Tag.IsNonSpecific ? scalar.Value : scalar.Tag.Value switch
        {
            "tag:yaml.org,2002:str" => scalar.Value,
            "tag:yaml.org,2002:int" or "tag:yaml.org,2002:bool" or "tag:yaml.org,2002:null" => PlainScalar.Resolve(scalar.Value),
            "tag:yaml.org,2002:float" => PlainScalar.Resolve(scalar.Value) is long whole ? (double)whole : PlainScalar.Resolve(scalar.Value),
            var tag => throw new CwlException(PositionOf(scalar.Start), $"The YAML tag '{tag}' means nothing here; remove it."),
        };
    }

    private SourcePosition PositionOf(Mark mark) => new(_document.Name, (int)mark.Line, (int)mark.Column);

    private static int Line(NodeEvent node) => (int)node.Start.Line;

    private static int Column(NodeEvent node) => (int)node.Start.Column;

    private static string Sentence(string message)
    {
        message = message.Trim();
        return message.EndsWith('.') ? message : string.Create(CultureInfo.InvariantCulture, $"{message}.");
    }
}
