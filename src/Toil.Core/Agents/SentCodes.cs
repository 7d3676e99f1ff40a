using Toil.Values;

namespace Toil.Agents;

/// <summary>The codes that the other end of a connection has been sent with launch orders, and keeps: each goes out once.</summary>
internal sealed class SentCodes
{
    /// <summary>How many it keeps before it is told to forget them.</summary>
    private const int Most = 1024;

    private readonly HashSet<Hash128> _ids = [];

    /// <summary>The other end has none: it is another, or has begun anew.</summary>
    public void Clear() => _ids.Clear();

    /// <summary>Writes an order, with its code where that hasn't been sent yet.</summary>
    public void Write(ByteWriter writer, LaunchOrder order)
    {
        var forget = _ids.Count >= Most;
        if (forget)
        {
            _ids.Clear();
        }

        writer.WriteBool(forget);
        order.WriteTo(writer, withCode: _ids.Add(order.Code.Id));
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">Where to read.</param>
    /// <param name="codes">The codes that this end has, by id.</param>
    public static LaunchOrder Read(ref ByteReader reader, Dictionary<Hash128, Code> codes)
    {
        if (reader.ReadBool())
        {
            codes.Clear();
        }

        return LaunchOrder.ReadFrom(ref reader, codes);
    }
}
