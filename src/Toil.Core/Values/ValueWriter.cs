namespace Toil.Values;

/// <summary>Writes one value, node by node, in depth-first order. Containers state their count first.</summary>
internal sealed class ValueWriter
{
    private readonly ByteWriter _body = new();
    private List<Promise>? _holes;

    public UnboundValue ToValue() => new(_body.ToArray(), _holes is null ? [] : [.. _holes]);

    public void WriteNull() => Tag(ValueTag.Null);

    public void WriteBool(bool value) => Tag(value ? ValueTag.True : ValueTag.False);

    public void WriteInt(long value)
    {
        Tag(ValueTag.Int);
        _body.WriteVarint(value);
    }

    public void WriteReal(double value)
    {
        Tag(ValueTag.Real);
        _body.WriteReal(value);
    }

    public void WriteString(string value)
    {
        Tag(ValueTag.String);
        _body.WriteString(value);
    }

    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        Tag(ValueTag.Bytes);
        _body.WriteBytes(value);
    }

    public void WriteSize(ByteSize value)
    {
        Tag(ValueTag.Size);
        _body.WriteVarint(value.Bytes);
    }

    public void BeginList(int count) => Begin(ValueTag.List, count);

    public void BeginMap(int count) => Begin(ValueTag.Map, count);

    public void BeginObject(int count) => Begin(ValueTag.Object, count);

    /// <summary>The key of the next node in a map or object.</summary>
    public void WriteKey(string key) => _body.WriteString(key);

    public void WriteFile(FileId file)
    {
        Tag(ValueTag.File);
        file.WriteTo(_body);
    }

    public void WritePromise(Promise promise)
    {
        _holes ??= [];
        Tag(promise.Tag);
        _body.WriteUnsigned((ulong)_holes.Count);
        _holes.Add(promise);
    }

    public void WriteLeaf(Leaf leaf)
    {
        Tag(ValueTag.Leaf);
        _body.WriteString(leaf.Kind);
        _body.WriteBytes(leaf.Bytes);
    }

    /// <summary>Copies nodes that are already encoded and hold no holes.</summary>
    public void WriteEncoded(ReadOnlySpan<byte> nodes) => _body.WriteRaw(nodes);

    private void Begin(ValueTag tag, int count)
    {
        Tag(tag);
        _body.WriteUnsigned((ulong)count);
    }

    private void Tag(ValueTag tag) => _body.WriteByte((byte)tag);
}
