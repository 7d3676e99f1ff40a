using System.Globalization;

namespace Toil.Cwl.Tools;

/// <summary>Where a binding comes on the command line: compared part by part, numbers before names, a shorter key before those that continue it.</summary>
internal sealed class SortKey : IComparable<SortKey>
{
    public static readonly SortKey Empty = new([]);

    private readonly object[] _parts;

    private SortKey(object[] parts) => _parts = parts;

    public SortKey With(long number) => new([.. _parts, number]);

    public SortKey With(string name) => new([.. _parts, name]);

    public int CompareTo(SortKey? other)
    {
        for (var i = 0; i < Math.Min(_parts.Length, other!._parts.Length); i++)
        {
            var order = (_parts[i], other._parts[i]) switch
            {
                (long one, long two) => one.CompareTo(two),
                (string one, string two) => string.CompareOrdinal(one, two),
                (long, string) => -1,
                _ => 1,
            };
            if (order != 0)
            {
                return order;
            }
        }

        return _parts.Length.CompareTo(other!._parts.Length);
    }

    public override string ToString() => string.Join(' ', _parts.Select(part => Convert.ToString(part, CultureInfo.InvariantCulture)));
}
