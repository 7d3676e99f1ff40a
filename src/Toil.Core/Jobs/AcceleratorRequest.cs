using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Toil;

/// <summary>
/// The accelerators that a job asks for, such as GPUs: types with counts, written <c>gpu</c>, <c>nvidia:2</c> or
/// <c>nvidia-tesla-k80:2,amd</c>. Equal when they ask for the same.
/// </summary>
public sealed class AcceleratorRequest : IEquatable<AcceleratorRequest>
{
    /// <summary>No accelerators; written <c>0</c>.</summary>
    public static readonly AcceleratorRequest None = new([]);

    /// <summary>As what a batch system has: nobody can tell what, so every request may be one that it can meet.</summary>
    public static readonly AcceleratorRequest Unlimited = new([new AcceleratorCount("any", int.MaxValue)]);

    private readonly string _text;

    private AcceleratorRequest(IReadOnlyList<AcceleratorCount> items)
    {
        Items = items;
        _text = items.Count == 0 ? "0" : string.Join(',', items);
    }

    /// <summary>How many of each type, ordered by type; no type stands twice.</summary>
    public IReadOnlyList<AcceleratorCount> Items { get; }

    public bool IsNone => Items.Count == 0;

    /// <param name="text">
    /// Items separated by commas, each a type (gpu, nvidia, amd, cuda, rocm, opencl, or a model such as nvidia-tesla-k80), a
    /// count (of any GPUs), or both with a colon in between. Without a count it is one. Empty, or 0, for none.
    /// </param>
    /// <exception cref="FormatException">It is something else.</exception>
    public static AcceleratorRequest Parse(string text) => TryParse(text, out var request)
        ? request
        : throw new FormatException($"'{text}' names no accelerators. Write types with counts, such as gpu, nvidia:2 or nvidia-tesla-k80:2,amd.");

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse(string? text, [NotNullWhen(true)] out AcceleratorRequest? request)
    {
        request = None;
        if (string.IsNullOrWhiteSpace(text) || text == "0")
        {
            return true;
        }

        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!TryParseItem(part, out var type, out var count))
            {
                request = null;
                return false;
            }

            counts[type] = counts.GetValueOrDefault(type) + count;
        }

        request = Of(counts.Select(entry => new AcceleratorCount(entry.Key, entry.Value)));
        return true;
    }

    public bool Equals(AcceleratorRequest? other) => other is not null && other._text == _text;

    public override bool Equals(object? obj) => Equals(obj as AcceleratorRequest);

    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => _text;

    public static bool operator ==(AcceleratorRequest? left, AcceleratorRequest? right) => Equals(left, right);

    public static bool operator !=(AcceleratorRequest? left, AcceleratorRequest? right) => !Equals(left, right);

    public static implicit operator AcceleratorRequest(string text) => Parse(text);

    public static implicit operator AcceleratorRequest(int count) => Parse(count.ToString(CultureInfo.InvariantCulture));

    internal static AcceleratorRequest Of(IEnumerable<AcceleratorCount> items) => new([.. items.OrderBy(item => item.Type, StringComparer.Ordinal)]);

    /// <summary>Finds accelerators for each item among those that there are, the choosiest items first.</summary>
    /// <param name="available">What there is, by model.</param>
    /// <returns>How many of each of the available items to take; null when there aren't enough.</returns>
    internal int[]? AssignFrom(AcceleratorRequest available)
    {
        if (IsNone)
        {
            // Most jobs ask for none.
            return available.IsNone ? [] : new int[available.Items.Count];
        }

        var taken = new int[available.Items.Count];
        foreach (var (item, fitting) in Items.Select(item => (item, Fitting: Enumerable.Range(0, taken.Length).Where(i => item.IsMetBy(available.Items[i].Type)).ToList()))
            .OrderBy(entry => entry.Fitting.Count))
        {
            var missing = item.Count;
            foreach (var i in fitting.OrderByDescending(i => available.Items[i].Count - taken[i]))
            {
                var took = Math.Min(missing, available.Items[i].Count - taken[i]);
                taken[i] += took;
                missing -= took;
            }

            if (missing > 0)
            {
                return null;
            }
        }

        return taken;
    }

    private static bool TryParseItem(string text, out string type, out int count)
    {
        var parts = text.ToLowerInvariant().Split(':');
        (type, count) = (parts[0], 1);
        if (parts.Length == 1 && TryParseCount(type, out count))
        {
            type = "gpu";
            return true;
        }

        count = 1;
        return parts.Length <= 2
            && type.Length > 0 && char.IsAsciiLetter(type[0]) && type.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')
            && (parts.Length == 1 || TryParseCount(parts[1], out count));
    }

    private static bool TryParseCount(string text, out int count) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count > 0;
}
