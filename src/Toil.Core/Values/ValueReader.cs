namespace Toil.Values;

/// <summary>How a language shows what it reads: which objects stand for lists, maps, objects and leaves.</summary>
internal class ValueFactory
{
    public static readonly ValueFactory Default = new();

    public virtual object? List(List<object?> items) => items;

    public virtual object? Map(OrderedDictionary<string, object?> entries) => entries;

    public virtual object? Object(OrderedDictionary<string, object?> properties) => Map(properties);

    public virtual object? Leaf(Leaf leaf) => leaf;

    public virtual object? File(FileId file) => file;

    /// <summary>A promise that was handed over as such.</summary>
    public virtual object? Reference(Hole hole) => new Promise(Job.Existing(hole.Producer), hole.Path);

    /// <summary>A promise that isn't resolved; only those who merely look at a value meet one.</summary>
    public virtual object? Hole(int index) => throw new InvalidDataException("A value was read before its promises were resolved.");
}

/// <summary>Builds objects from a value without holes. Iterative: values may be nested deeper than any call stack.</summary>
internal static class ValueReader
{
    public static object? Read(EncodedValue value, ValueFactory? factory = null)
    {
        factory ??= ValueFactory.Default;
        var reader = new ByteReader(value.Body.Span);
        var open = new Stack<Container>();
        while (true)
        {
            var tag = (ValueTag)reader.ReadByte();
            object? node;
            if (tag is ValueTag.List or ValueTag.Map or ValueTag.Object)
            {
                var container = new Container(tag, reader.ReadCount());
                if (container.Remaining > 0)
                {
                    open.Push(container);
                    container.ReadKey(ref reader);
                    continue;
                }

                node = container.Close(factory);
            }
            else
            {
                node = ReadScalar(tag, ref reader, factory, value.Holes);
            }

            // A finished node completes its container, which may complete the next one out, and so on.
            while (true)
            {
                if (!open.TryPeek(out var container))
                {
                    return node;
                }

                container.Add(node);
                if (container.Remaining > 0)
                {
                    container.ReadKey(ref reader);
                    break;
                }

                open.Pop();
                node = container.Close(factory);
            }
        }
    }

    private static object? ReadScalar(ValueTag tag, ref ByteReader reader, ValueFactory factory, Hole[] holes) => tag switch
    {
        ValueTag.Null => null,
        ValueTag.False => false,
        ValueTag.True => true,
        ValueTag.Int => reader.ReadVarint(),
        ValueTag.Real => reader.ReadReal(),
        ValueTag.String => reader.ReadString(),
        ValueTag.Bytes => reader.ReadBytes().ToArray(),
        ValueTag.File => factory.File(FileId.ReadFrom(ref reader)),
        ValueTag.Size => new ByteSize(reader.ReadVarint()),
        ValueTag.Leaf => factory.Leaf(new Leaf(reader.ReadString(), reader.ReadBytes().ToArray())),
        ValueTag.Hole or ValueTag.Shape => factory.Hole(reader.ReadCount()),
        ValueTag.Reference => factory.Reference(holes[reader.ReadCount()]),
        _ => throw new InvalidDataException($"Unknown value tag {(byte)tag} before byte {reader.Position}."),
    };

    private sealed class Container(ValueTag tag, int count)
    {
        private readonly List<object?>? _items = tag == ValueTag.List ? new List<object?>(Math.Min(count, 1024)) : null;
        private readonly OrderedDictionary<string, object?>? _entries = tag == ValueTag.List ? null : [];
        private string _key = "";

        public int Remaining { get; private set; } = count;

        public void ReadKey(ref ByteReader reader) => _key = _entries is null ? "" : reader.ReadString();

        public void Add(object? node)
        {
            Remaining--;
            if (_entries is null)
            {
                _items!.Add(node);
            }
            else
            {
                _entries[_key] = node;
            }
        }

        public object? Close(ValueFactory factory) => tag switch
        {
            ValueTag.List => factory.List(_items!),
            ValueTag.Map => factory.Map(_entries!),
            _ => factory.Object(_entries!),
        };
    }
}
