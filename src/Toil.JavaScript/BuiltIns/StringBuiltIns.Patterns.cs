using System.Text;

namespace Toil.JavaScript.BuiltIns;

internal static partial class StringBuiltIns
{
    private static void FillPatterns(Realm realm, JsObject prototype)
    {
        realm.Method(prototype, "match", 1, static (r, self, a) => Match(r, This(self), a.At(0)));
        realm.Method(prototype, "matchAll", 1, static (r, self, a) => MatchAll(r, This(self), a.At(0)));
        realm.Method(prototype, "search", 1, static (r, self, a) =>
            (double)(ToRegExp(r, a.At(0), "").MatchAt(This(self), 0, onlyThere: false)?.Index ?? -1));
        realm.Method(prototype, "split", 2, static (r, self, a) => Split(r, This(self), a));
        realm.Method(prototype, "replace", 2, static (r, self, a) => Replace(r, This(self), a, all: false));
        realm.Method(prototype, "replaceAll", 2, static (r, self, a) => Replace(r, This(self), a, all: true));
    }

    private static JsRegExp ToRegExp(Realm realm, JsValue pattern, string flags) =>
        pattern.Ref as JsRegExp ?? RegExpBuiltIns.Make(realm, pattern, flags);

    private static JsValue Match(Realm realm, string text, JsValue pattern)
    {
        var regex = ToRegExp(realm, pattern, "");
        if (!regex.Pattern.Has('g'))
        {
            return regex.Exec(text) is { } match ? regex.ToResult(match, text) : JsValue.Null;
        }
        var matches = regex.ExecAll(text);
        return matches.Count == 0 ? JsValue.Null : JsArray.From(realm, [.. matches.Select(static m => (JsValue)m.Value)]);
    }

    private static NativeIterator MatchAll(Realm realm, string text, JsValue pattern)
    {
        var regex = ToRegExp(realm, pattern, "g");
        if (!regex.Pattern.Has('g'))
        {
            throw Errors.Type("String.prototype.matchAll called with a non-global RegExp argument");
        }
        var index = (int)Math.Min(regex.LastIndex, text.Length + 1.0);
        return new NativeIterator(realm, "RegExp String Iterator", () =>
        {
            if (index > text.Length || regex.MatchAt(text, index, regex.Pattern.Has('y')) is not { } match)
            {
                return null;
            }
            index = match.Length > 0 ? match.Index + match.Length : regex.Next(text, match.Index);
            return regex.ToResult(match, text);
        });
    }

    private static JsValue Split(Realm realm, string text, JsValue[] arguments)
    {
        var limit = arguments.At(1).IsUndefined ? uint.MaxValue : Js.ToUint32(arguments[1]);
        var parts = new JsArray(realm.ArrayPrototype, [], 0);
        if (arguments.At(0).IsUndefined)
        {
            parts.Add(text);
        }
        else if (arguments[0].Ref is JsRegExp regex)
        {
            SplitByPattern(realm, text, regex, parts, limit);
        }
        else
        {
            SplitByText(realm, text, Js.ToString(arguments[0]), parts, limit);
        }
        parts.SetLength(Math.Min(parts.Length, limit));
        return parts;
    }

    private static void SplitByText(Realm realm, string text, string separator, JsArray parts, uint limit)
    {
        var start = 0;
        while (parts.Length < limit)
        {
            realm.Tick();
            var end = separator.Length > 0 ? text.IndexOf(separator, start, StringComparison.Ordinal) : start + 1 < text.Length ? start + 1 : -1;
            if (end < 0)
            {
                break;
            }
            parts.Add(Cut(text, start, end));
            start = end + separator.Length;
        }
        if (separator.Length > 0 || text.Length > 0)
        {
            parts.Add(Cut(text, start, text.Length));
        }
    }

    private static void SplitByPattern(Realm realm, string text, JsRegExp regex, JsArray parts, uint limit)
    {
        if (text.Length == 0)
        {
            if (regex.MatchAt(text, 0, onlyThere: true) is null)
            {
                parts.Add(text);
            }
            return;
        }
        var start = 0;
        var from = 0;
        while (from < text.Length && parts.Length < limit && regex.MatchAt(text, from, onlyThere: false) is { } match && match.Index < text.Length)
        {
            realm.Tick();
            var end = match.Index + match.Length;
            if (end == start)
            {
                from = regex.Next(text, from);
                continue;
            }
            parts.Add(Cut(text, start, match.Index));
            foreach (var capture in regex.Captures(match).Skip(1))
            {
                parts.Add(capture);
            }
            start = end;
            from = match.Length > 0 ? end : regex.Next(text, end);
        }
        parts.Add(Cut(text, start, text.Length));
    }

    private static JsValue Replace(Realm realm, string text, JsValue[] arguments, bool all)
    {
        var by = arguments.At(1);
        var template = by.Function is null ? Js.ToString(by) : "";
        var result = new StringBuilder();
        var end = 0;
        foreach (var found in Find(realm, text, arguments.At(0), all))
        {
            realm.Tick();
            var replacement = by.Function is { } function ? Js.ToString(function.Call(default, found.ToArguments(text))) : Expand(template, found, text);
            var added = found.Index - end + replacement.Length;
            realm.CheckLength((result.Length + (long)added) * 2);
            realm.Charge(added * 2L);
            result.Append(text, end, found.Index - end).Append(replacement);
            end = found.Index + found.Length;
        }
        if (end == 0 && result.Length == 0)
        {
            return text;
        }
        realm.CheckLength((result.Length + (long)(text.Length - end)) * 2);
        realm.Charge((text.Length - end) * 2L);
        return result.Append(text, end, text.Length - end).ToString();
    }

    private static IEnumerable<Found> Find(Realm realm, string text, JsValue pattern, bool all)
    {
        if (pattern.Ref is JsRegExp regex)
        {
            var isGlobal = regex.Pattern.Has('g');
            if (all && !isGlobal)
            {
                throw Errors.Type("replaceAll must be called with a global RegExp");
            }
            var matches = isGlobal ? regex.ExecAll(text) : regex.Exec(text) is { } match ? [match] : [];
            return matches.Select(m => new Found(m.Index, m.Length, regex.Captures(m) is var captures ? captures : [], regex));
        }
        return FindText(realm, text, Js.ToString(pattern), all);
    }

    private static IEnumerable<Found> FindText(Realm realm, string text, string part, bool all)
    {
        for (var i = text.IndexOf(part, StringComparison.Ordinal); i >= 0;)
        {
            realm.Tick();
            yield return new Found(i, part.Length, [part], null);
            var next = i + Math.Max(1, part.Length);
            i = all && next <= text.Length ? text.IndexOf(part, next, StringComparison.Ordinal) : -1;
        }
    }

    /// <summary>Puts what was found in place of $1, $&amp; and their like.</summary>
    private static string Expand(string template, Found found, string text)
    {
        if (!template.Contains('$'))
        {
            return template;
        }
        var result = new StringBuilder();
        for (var i = 0; i < template.Length; i++)
        {
            var used = template[i] == '$' && i + 1 < template.Length ? ExpandOne(template, i + 1, found, text, result) : 0;
            if (used == 0)
            {
                result.Append(template[i]);
            }
            i += used;
            Realm.Current.CheckLength(result.Length * 2L);
        }
        return result.ToString();
    }

    /// <summary>How many characters after the dollar sign it understood.</summary>
    private static int ExpandOne(string template, int at, Found found, string text, StringBuilder result)
    {
        switch (template[at])
        {
            case '$':
                result.Append('$');
                return 1;
            case '&':
                result.Append(text, found.Index, found.Length);
                return 1;
            case '`':
                result.Append(text, 0, found.Index);
                return 1;
            case '\'':
                result.Append(text, found.Index + found.Length, text.Length - found.Index - found.Length);
                return 1;
            case '<' when found.Regex is { } regex && regex.Groups(found.Captures).Object is { } groups && template.IndexOf('>', at) is > 0 and var end:
                var value = groups.Get(template[(at + 1)..end]);
                result.Append(value.IsUndefined ? "" : Js.ToString(value));
                return end - at + 1;
            default:
                return ExpandNumber(template, at, found, result);
        }
    }

    private static int ExpandNumber(string template, int at, Found found, StringBuilder result)
    {
        for (var digits = 2; digits > 0; digits--)
        {
            if (at + digits <= template.Length && int.TryParse(template.AsSpan(at, digits), System.Globalization.NumberStyles.None, null, out var number)
                && number > 0 && number < found.Captures.Length)
            {
                result.Append(found.Captures[number].IsUndefined ? "" : found.Captures[number].Text);
                return digits;
            }
        }
        return 0;
    }

    /// <summary>A place to be replaced: the whole match first among the captures.</summary>
    private sealed record Found(int Index, int Length, JsValue[] Captures, JsRegExp? Regex)
    {
        public JsValue[] ToArguments(string text)
        {
            var groups = Regex?.Groups(Captures) ?? default;
            return groups.IsUndefined ? [.. Captures, (double)Index, text] : [.. Captures, (double)Index, text, groups];
        }
    }
}
