namespace Toil.JavaScript.BuiltIns;

internal sealed partial class RegexTranslator
{
    private void TranslateClass()
    {
        var negated = Peek() == '^';
        position += negated ? 1 : 0;
        var units = new System.Text.StringBuilder();
        var pairs = new List<string>();
        while (Peek() != ']' || position >= source.Length)
        {
            if (position >= source.Length)
            {
                throw new FormatException("unterminated character class");
            }
            AddAtom(units, pairs);
        }
        position++;
        Append(Combine(negated, units.ToString(), pairs), true);
    }

    private void AddAtom(System.Text.StringBuilder units, List<string> pairs)
    {
        var low = ReadAtom(out var set);
        if (set is not null)
        {
            units.Append(set);
        }
        if (Peek() != '-' || Peek(1) is ']' or '\0')
        {
            AddRange(units, pairs, set is null ? low : -1, low);
            return;
        }
        position++;
        var high = ReadAtom(out var secondSet);
        if (set is not null || secondSet is not null)
        {
            // A dash beside a set stands for itself.
            if (unicode)
            {
                throw new FormatException("invalid character class");
            }
            units.Append("\\-").Append(secondSet);
            AddRange(units, pairs, set is null ? low : -1, low);
            AddRange(units, pairs, secondSet is null ? high : -1, high);
            return;
        }
        AddRange(units, pairs, high < low ? throw new FormatException("range out of order in character class") : low, high);
    }

    private int ReadAtom(out string? set)
    {
        set = null;
        var c = source[position++];
        if (c != '\\')
        {
            return unicode && char.IsHighSurrogate(c) && char.IsLowSurrogate(Peek()) ? char.ConvertToUtf32(c, source[position++]) : c;
        }
        if (position >= source.Length)
        {
            throw new FormatException("\\ at end of pattern");
        }
        switch (Peek())
        {
            case 'b':
                position++;
                return '\b';
            case '-':
                position++;
                return '-';
        }
        set = SetAt();
        return set is null ? CharacterAt() : 0;
    }

    private static void AddRange(System.Text.StringBuilder units, List<string> pairs, int low, int high)
    {
        if (low < 0)
        {
            return;
        }
        if (low < 0x10000)
        {
            units.Append(Unit(low));
            if (high > low)
            {
                units.Append('-').Append(Unit(Math.Min(high, 0xffff)));
            }
            low = 0x10000;
        }
        AddPairs(pairs, low, high);
    }

    /// <summary>Characters beyond the first plane are two units: a class of the second for each first, whole planes together.</summary>
    private static void AddPairs(List<string> pairs, int low, int high)
    {
        while (low <= high)
        {
            var first = 0xd800 + ((low - 0x10000) >> 10);
            var start = 0xdc00 + ((low - 0x10000) & 0x3ff);
            var last = 0xd800 + ((high - 0x10000) >> 10);
            if (start == 0xdc00 && last > first)
            {
                pairs.Add($"[{Unit(first)}-{Unit(last - 1)}][\\udc00-\\udfff]");
                low = 0x10000 + ((last - 0xd800) << 10);
                continue;
            }
            var end = last == first ? 0xdc00 + ((high - 0x10000) & 0x3ff) : 0xdfff;
            pairs.Add($"{Unit(first)}[{Unit(start)}-{Unit(end)}]");
            low = 0x10000 + ((first - 0xd800 + 1) << 10);
        }
    }

    private string Combine(bool negated, string units, List<string> pairs)
    {
        if (!unicode)
        {
            return units.Length == 0 ? negated ? "[\\s\\S]" : "(?!)" : $"[{(negated ? "^" : "")}{units}]";
        }
        var alternatives = pairs.ToList();
        if (units.Length > 0)
        {
            alternatives.Add($"[{units}]");
        }
        if (!negated)
        {
            return alternatives.Count == 0 ? "(?!)" : $"(?:{string.Join('|', alternatives)})";
        }
        var excluded = alternatives.Count == 0 ? "" : $"(?!{string.Join('|', alternatives)})";
        return $"(?:{excluded}(?:{Pair}|[\\s\\S]))";
    }
}
