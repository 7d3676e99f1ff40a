using System.Text.RegularExpressions;

namespace Toil.JavaScript.BuiltIns;

internal sealed class JsRegExp : JsObject
{
    private readonly Realm realm;

    public JsRegExp(Realm realm, JsObject prototype, RegexPattern pattern)
        : base(prototype)
    {
        this.realm = realm;
        Pattern = pattern;
        Put("lastIndex", 0.0, PropertyFlags.Writable);
    }

    public RegexPattern Pattern { get; }

    public override string ClassName => "RegExp";

    public double LastIndex
    {
        get => Js.ToInteger(Get("lastIndex"));
        set => Set("lastIndex", value);
    }

    /// <summary>One match by the rules of exec: from lastIndex, and moving it, if the expression is global or sticky.</summary>
    public Match? Exec(string text)
    {
        var moves = Pattern.Has('g') || Pattern.Has('y');
        var start = moves ? LastIndex : 0;
        var match = start > text.Length || start < 0 ? null : MatchAt(text, (int)start, Pattern.Has('y'));
        if (moves)
        {
            LastIndex = match is null ? 0 : match.Index + match.Length;
        }
        return match;
    }

    /// <summary>All matches, as a global expression finds them.</summary>
    public List<Match> ExecAll(string text)
    {
        var matches = new List<Match>();
        var index = 0;
        while (index <= text.Length && MatchAt(text, index, Pattern.Has('y')) is { } match)
        {
            realm.Tick();
            realm.Charge(128);
            matches.Add(match);
            index = match.Length > 0 ? match.Index + match.Length : Next(text, match.Index);
        }
        LastIndex = 0;
        return matches;
    }

    /// <summary>The match from the index on, or null; touches nothing.</summary>
    public Match? MatchAt(string text, int index, bool onlyThere)
    {
        var match = Pattern.Match(realm, text, index, onlyThere);
        return match.Success ? match : null;
    }

    /// <summary>The next index after one where nothing was matched.</summary>
    public int Next(string text, int index) => Pattern.Has('u') && index + 1 < text.Length
        && char.IsHighSurrogate(text[index]) && char.IsLowSurrogate(text[index + 1]) ? index + 2 : index + 1;

    /// <summary>What exec returns for a match.</summary>
    public JsArray ToResult(Match match, string text)
    {
        var values = Captures(match);
        var result = new JsArray(realm.ArrayPrototype, values, values.Length);
        result.Put("index", (double)match.Index);
        result.Put("input", text);
        result.Put("groups", Groups(values));
        if (Pattern.Has('d'))
        {
            JsValue[] indices = [.. Enumerable.Range(0, values.Length).Select(i => Group(match, i)).Select(g => g.Success
                ? new JsArray(realm.ArrayPrototype, [(double)g.Index, (double)(g.Index + g.Length)], 2) : default(JsValue))];
            result.Put("indices", new JsArray(realm.ArrayPrototype, indices, indices.Length));
        }
        return result;
    }

    /// <summary>The whole match and its groups; undefined for those that took no part.</summary>
    public JsValue[] Captures(Match match)
    {
        var values = new JsValue[Pattern.GroupNames.Count + 1];
        for (var i = 0; i < values.Length; i++)
        {
            var group = Group(match, i);
            if (group.Success)
            {
                realm.Charge(24 + (group.Length * 2L));
                values[i] = group.Value;
            }
        }
        return values;
    }

    /// <summary>The named groups as an object; undefined when none has a name.</summary>
    public JsValue Groups(JsValue[] captures)
    {
        if (Pattern.GroupNames.All(static n => n is null))
        {
            return default;
        }
        var groups = new JsObject(null);
        for (var i = 0; i < Pattern.GroupNames.Count; i++)
        {
            if (Pattern.GroupNames[i] is { } name)
            {
                groups.Put(name, captures[i + 1]);
            }
        }
        return groups;
    }

    private static Group Group(Match match, int number) =>
        number == 0 ? match : match.Groups[number.ToString(System.Globalization.CultureInfo.InvariantCulture)];
}
