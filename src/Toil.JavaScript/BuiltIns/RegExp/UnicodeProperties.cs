namespace Toil.JavaScript.BuiltIns;

/// <summary>The character properties of <c>\p{…}</c> that .NET knows too.</summary>
internal static class UnicodeProperties
{
    public static string? Find(string name, bool negated)
    {
        var equals = name.IndexOf('=', StringComparison.Ordinal);
        var value = equals < 0 ? name : name[(equals + 1)..];
        var kind = equals < 0 ? "" : name[..equals];
        var category = kind is "" or "General_Category" or "gc" ? Category(value) : null;
        var set = category is not null ? $"\\p{{{category}}}" : kind is "" or "Script" or "sc" or "Script_Extensions" or "scx" ? Special(value) : null;
        return set is null ? null : !negated ? set : category is not null ? $"\\P{{{category}}}" : null;
    }

    private static string? Category(string name) => name switch
    {
        "Letter" => "L",
        "Uppercase_Letter" => "Lu",
        "Lowercase_Letter" => "Ll",
        "Titlecase_Letter" => "Lt",
        "Modifier_Letter" => "Lm",
        "Other_Letter" => "Lo",
        "Mark" or "Combining_Mark" => "M",
        "Nonspacing_Mark" => "Mn",
        "Number" => "N",
        "Decimal_Number" => "Nd",
        "Punctuation" => "P",
        "Symbol" => "S",
        "Currency_Symbol" => "Sc",
        "Separator" => "Z",
        "Space_Separator" => "Zs",
        "Other" => "C",
        "Control" => "Cc",
        "L" or "Lu" or "Ll" or "Lt" or "Lm" or "Lo" or "M" or "Mn" or "Mc" or "Me" or "N" or "Nd" or "Nl" or "No" or "P" or "Pc" or "Pd" or "Ps"
            or "Pe" or "Pi" or "Pf" or "Po" or "S" or "Sm" or "Sc" or "Sk" or "So" or "Z" or "Zs" or "Zl" or "Zp" or "C" or "Cc" or "Cf" or "Cs"
            or "Co" or "Cn" => name,
        _ => null,
    };

    private static string? Special(string name) => name switch
    {
        "Alphabetic" or "Alpha" => "\\p{L}\\p{Nl}\\p{Mn}\\p{Mc}",
        "Uppercase" => "\\p{Lu}",
        "Lowercase" => "\\p{Ll}",
        "White_Space" => "\\s",
        "ASCII" => "\\u0000-\\u007f",
        "Any" => "\\u0000-\\uffff",
        "Latin" or "Latn" => "A-Za-z\\u00aa\\u00ba\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02b8\\u1e00-\\u1eff",
        "Greek" or "Grek" => "\\u0370-\\u0373\\u0375-\\u0377\\u037a-\\u037d\\u037f\\u0384\\u0386\\u0388-\\u03e1\\u03f0-\\u03ff\\u1f00-\\u1fff",
        "Cyrillic" or "Cyrl" => "\\u0400-\\u052f\\u1c80-\\u1c88\\u2de0-\\u2dff\\ua640-\\ua69f",
        "Han" or "Hani" => "\\u2e80-\\u2fd5\\u3005\\u3007\\u3021-\\u3029\\u3038-\\u303b\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufad9",
        "Hiragana" or "Hira" => "\\u3041-\\u3096\\u309d-\\u309f",
        "Katakana" or "Kana" => "\\u30a1-\\u30fa\\u30fd-\\u30ff\\u31f0-\\u31ff\\uff66-\\uff9d",
        _ => null,
    };
}
