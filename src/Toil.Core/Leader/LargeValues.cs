using Toil.Values;

namespace Toil.Leader;

/// <summary>The large return values that were read last, with indexes of their elements; bounded in bytes.</summary>
internal sealed class LargeValues
{
    /// <summary>Smaller values are cheaper to read again than to keep.</summary>
    public const int Threshold = 16 << 10;

    private const long MaxBytes = 64 << 20;

    private readonly Dictionary<long, EncodedValue> _values = [];
    private readonly Queue<long> _order = new();
    private long _bytes;

    public EncodedValue? Find(long producer) => _values.TryGetValue(producer, out var value) ? value : null;

    public EncodedValue Add(long producer, EncodedValue value)
    {
        var indexed = value with { Elements = ElementIndex.Of(value.Body.Span) };
        if (value.Body.Length <= MaxBytes)
        {
            _values[producer] = indexed;
            _order.Enqueue(producer);
            _bytes += value.Body.Length;
            Trim();
        }

        return indexed;
    }

    public void Remove(long producer)
    {
        if (_values.Remove(producer, out var value))
        {
            _bytes -= value.Body.Length;
        }
    }

    private void Trim()
    {
        while (_bytes > MaxBytes && _order.TryDequeue(out var oldest))
        {
            Remove(oldest);
        }
    }
}
