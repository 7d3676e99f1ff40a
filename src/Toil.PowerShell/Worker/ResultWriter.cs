using Toil.Values;

namespace Toil.Worker;

/// <summary>
/// Encodes what a job writes to its output stream as it comes, so that a stream that is too large for a value is
/// refused before it fills the memory. Nothing → null, one object → that object, several → a list.
/// </summary>
internal sealed class ResultWriter
{
    private const string Root = "$result";

    private readonly PSValueWriter _writer = new(Root);
    private object? _first;
    private int _count;

    public void Write(object? value)
    {
        // The first one waits for a second: only then is it known to be an element of a list.
        if (_count == 0)
        {
            _first = value;
        }
        else
        {
            if (_count == 1)
            {
                _writer.Write(_first, 0);
                _first = null;
            }

            _writer.Write(value, _count);
        }

        _count++;
    }

    public UnboundValue ToValue()
    {
        if (_count <= 1)
        {
            return PSValues.Encode(_first, Root);
        }

        var items = _writer.ToValue();
        var list = new ByteWriter(items.Body.Length + 8);
        list.WriteByte((byte)ValueTag.List);
        list.WriteUnsigned((ulong)_count);
        list.WriteRaw(items.Body.Span);
        return items with { Body = list.ToArray() };
    }
}
