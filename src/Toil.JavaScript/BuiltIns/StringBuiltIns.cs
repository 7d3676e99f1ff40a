using System.Text;

namespace Toil.JavaScript.BuiltIns;

/// <summary>String and its methods; those that take patterns stand in the second part.</summary>
internal static partial class StringBuiltIns
{
    public static void Fill(Realm realm, JsObject prototype)
    {
        var type = realm.Constructor("String", 1, prototype,
            static (_, _, a) => a.Length == 0 ? "" : a[0].Ref is JsSymbol symbol ? symbol.ToString() : a[0].IsString ? a[0] : Js.ToString(a[0]),
            static (r, a, target) => new JsBoxed(target.Get("prototype").Object ?? r.StringPrototype, a.Length == 0 ? "" : Js.ToString(a[0])));
        realm.Method(type, "fromCharCode", 1, static (_, _, a) => string.Concat(a.Select(static v => (char)Js.ToInt32(v))));
        realm.Method(type, "fromCodePoint", 1, static (_, _, a) => string.Concat(a.Select(FromCodePoint)));
        realm.Method(type, "raw", 1, Raw);
        FillCharacters(realm, prototype);
        FillSearching(realm, prototype);
        FillChanging(realm, prototype);
        FillPatterns(realm, prototype);
    }

    private static string This(JsValue self) => self.IsString ? self.Text : self.IsNullish
        ? throw Errors.Type("String.prototype method called on null or undefined")
        : Js.ToString(self);

    private static void Method(Realm realm, JsObject prototype, string name, int length, Func<string, JsValue[], JsValue> method) =>
        realm.Method(prototype, name, length, (_, self, a) => method(This(self), a));

    private static void FillCharacters(Realm realm, JsObject prototype)
    {
        realm.Method(prototype, "toString", 0, static (_, self, _) => ThisPrimitive(self));
        realm.Method(prototype, "valueOf", 0, static (_, self, _) => ThisPrimitive(self));
        Method(realm, prototype, "charAt", 1, static (s, a) => Js.ToInteger(a.At(0)) is var i && i >= 0 && i < s.Length ? Js.CharText(s[(int)i]) : "");
        Method(realm, prototype, "charCodeAt", 1, static (s, a) => Js.ToInteger(a.At(0)) is var i && i >= 0 && i < s.Length ? s[(int)i] : double.NaN);
        Method(realm, prototype, "codePointAt", 1, static (s, a) =>
        {
            var i = Js.ToInteger(a.At(0));
            return i >= 0 && i < s.Length ? (double)CodePointAt(s, (int)i) : default(JsValue);
        });
        Method(realm, prototype, "at", 1, static (s, a) =>
        {
            var i = Js.ToInteger(a.At(0));
            i = i < 0 ? s.Length + i : i;
            return i >= 0 && i < s.Length ? Js.CharText(s[(int)i]) : default(JsValue);
        });
        prototype.Put(JsSymbol.Iterator, realm.Function("[Symbol.iterator]", 0, static (r, self, _) =>
        {
            var cursor = new IteratorCursor(r, This(self));
            return new NativeIterator(r, "String Iterator", () => cursor.MoveNext(out var value) ? value : default(JsValue?));
        }), PropertyFlags.Hidden);
    }

    private static JsValue ThisPrimitive(JsValue self) => self.IsString ? self
        : self.Ref is JsBoxed { Primitive: { IsString: true } inner } ? inner
        : throw Errors.Type("String.prototype.valueOf requires that 'this' be a String");

    private static int CodePointAt(string text, int index) =>
        char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1])
            ? char.ConvertToUtf32(text[index], text[index + 1])
            : text[index];

    private static string FromCodePoint(JsValue value)
    {
        var code = Js.ToNumber(value);
        return code is >= 0 and <= 0x10ffff && code == Math.Truncate(code)
            ? code < 0x10000 ? ((char)code).ToString() : char.ConvertFromUtf32((int)code)
            : throw Errors.Range($"Invalid code point {Numbers.Format(code)}");
    }

    private static JsValue Raw(Realm realm, JsValue self, JsValue[] arguments)
    {
        var raw = Js.ToObject(Js.ToObject(arguments.At(0)).Get("raw"));
        var length = Js.LengthOf(raw);
        JsValue text = "";
        for (var i = 0; i < length; i++)
        {
            realm.Tick();
            text = Rope.Concat(text.Ref!, Js.ToString(raw.GetIndex(i)));
            if (i + 1 < length && i + 1 < arguments.Length)
            {
                text = Rope.Concat(text.Ref!, Js.ToString(arguments[i + 1]));
            }
        }
        return text;
    }

    private static void FillSearching(Realm realm, JsObject prototype)
    {
        Method(realm, prototype, "indexOf", 1, static (s, a) => (double)IndexOf(s, Js.ToString(a.At(0)), Position(a.At(1), s)));
        Method(realm, prototype, "lastIndexOf", 1, static (s, a) => (double)LastIndexOf(s, Js.ToString(a.At(0)), Js.ToNumber(a.At(1))));
        Method(realm, prototype, "includes", 1, static (s, a) => IndexOf(s, Plain(a.At(0), "includes"), Position(a.At(1), s)) >= 0);
        Method(realm, prototype, "startsWith", 1, static (s, a) =>
            s.AsSpan(Position(a.At(1), s)).StartsWith(Plain(a.At(0), "startsWith"), StringComparison.Ordinal));
        Method(realm, prototype, "endsWith", 1, static (s, a) =>
            s.AsSpan(0, a.At(1).IsUndefined ? s.Length : Position(a[1], s)).EndsWith(Plain(a.At(0), "endsWith"), StringComparison.Ordinal));
        Method(realm, prototype, "localeCompare", 1, static (s, a) => (double)Collation.Compare(s, Js.ToString(a.At(0)), a.At(2)));
    }

    private static int Position(JsValue value, string text) => (int)Math.Min(Math.Max(Js.ToInteger(value), 0), text.Length);

    private static int IndexOf(string text, string part, int from)
    {
        Realm.Current.Tick((text.Length - from) / 256);
        return text.IndexOf(part, from, StringComparison.Ordinal);
    }

    private static int LastIndexOf(string text, string part, double from)
    {
        Realm.Current.Tick(text.Length / 256);
        var start = double.IsNaN(from) ? text.Length : (int)Math.Min(Math.Max(Math.Truncate(from), 0), text.Length);
        var end = Math.Min(start + (long)part.Length, text.Length);
        return text.AsSpan(0, (int)end).LastIndexOf(part, StringComparison.Ordinal);
    }

    private static string Plain(JsValue value, string method) => value.Ref is JsRegExp
        ? throw Errors.Type($"First argument to String.prototype.{method} must not be a regular expression")
        : Js.ToString(value);

    private static void FillChanging(Realm realm, JsObject prototype)
    {
        Method(realm, prototype, "slice", 2, static (s, a) =>
            Cut(s, Js.RelativeIndex(a.At(0), s.Length, 0), Js.RelativeIndex(a.At(1), s.Length, s.Length)));
        Method(realm, prototype, "substring", 2, static (s, a) =>
        {
            var (start, end) = (Position(a.At(0), s), a.At(1).IsUndefined ? s.Length : Position(a[1], s));
            return Cut(s, Math.Min(start, end), Math.Max(start, end));
        });
        Method(realm, prototype, "substr", 2, static (s, a) =>
        {
            var start = Js.RelativeIndex(a.At(0), s.Length, 0);
            return Cut(s, start, a.At(1).IsUndefined ? s.Length : (long)Math.Min(start + Math.Max(Js.ToInteger(a[1]), 0), s.Length));
        });
        Method(realm, prototype, "concat", 1, static (s, a) =>
            a.Aggregate((JsValue)s, static (text, part) => Rope.Concat(text.Ref!, Js.ToString(part))));
        Method(realm, prototype, "repeat", 1, Repeat);
        Method(realm, prototype, "padStart", 2, static (s, a) => Padding(s, a) + s);
        Method(realm, prototype, "padEnd", 2, static (s, a) => s + Padding(s, a));
        Method(realm, prototype, "trim", 0, static (s, _) => Texts.Trim(s));
        Method(realm, prototype, "trimStart", 0, static (s, _) => Texts.Trim(s, end: false));
        Method(realm, prototype, "trimEnd", 0, static (s, _) => Texts.Trim(s, start: false));
        prototype.Put("trimLeft", prototype.Get("trimStart"), PropertyFlags.Hidden);
        prototype.Put("trimRight", prototype.Get("trimEnd"), PropertyFlags.Hidden);
        foreach (var name in new[] { "toUpperCase", "toLocaleUpperCase" })
        {
            Method(realm, prototype, name, 0, static (s, _) => Charged(s, CaseMapping.ToUpper));
        }
        foreach (var name in new[] { "toLowerCase", "toLocaleLowerCase" })
        {
            Method(realm, prototype, name, 0, static (s, _) => Charged(s, CaseMapping.ToLower));
        }
        Method(realm, prototype, "normalize", 0, Normalize);
    }

    private static JsValue Cut(string text, long start, long end)
    {
        if (start >= end)
        {
            return "";
        }
        Realm.Current.Charge(24 + ((end - start) * 2));
        return end - start == 1 ? Js.CharText(text[(int)start]) : text[(int)start..(int)end];
    }

    private static string Charged(string text, Func<string, string> change)
    {
        Realm.Current.Charge(24 + (text.Length * 2L));
        Realm.Current.Tick(text.Length / 64);
        return change(text);
    }

    private static JsValue Repeat(string text, JsValue[] arguments)
    {
        var count = Js.ToInteger(arguments.At(0));
        if (count < 0 || double.IsInfinity(count))
        {
            throw Errors.Range($"Invalid count value: {Js.Display(arguments.At(0))}");
        }
        if (text.Length == 0 || count == 0)
        {
            return "";
        }
        Reserve(text.Length * count);
        return new StringBuilder().Insert(0, text, (int)count).ToString();
    }

    private static string Padding(string text, JsValue[] arguments)
    {
        var length = Math.Min(Js.ToInteger(arguments.At(0)), 9007199254740991) - text.Length;
        var filler = arguments.At(1).IsUndefined ? " " : Js.ToString(arguments[1]);
        if (length <= 0 || filler.Length == 0)
        {
            return "";
        }
        Reserve((length * 2) + text.Length);
        return string.Create((int)length, filler, static (target, filler) =>
        {
            for (var i = 0; i < target.Length; i++)
            {
                target[i] = filler[i % filler.Length];
            }
        });
    }

    /// <summary>Takes note of a string that is about to be made, before it is.</summary>
    private static void Reserve(double characters)
    {
        var bytes = (long)Math.Min(characters * 2, 9e15);
        Realm.Current.CheckLength(bytes);
        Realm.Current.Charge(24 + bytes);
    }

    private static JsValue Normalize(string text, JsValue[] arguments)
    {
        var form = arguments.At(0).IsUndefined ? "NFC" : Js.ToString(arguments[0]);
        Realm.Current.Charge(24 + (text.Length * 8L));
        Realm.Current.Tick(text.Length / 8);
        return form switch
        {
            "NFC" => Normalization.Compose(text),
            "NFD" => Normalization.Decompose(text),
            "NFKC" => Normalization.Compose(text, compatible: true),
            "NFKD" => Normalization.Decompose(text, compatible: true),
            _ => throw Errors.Range("The normalization form should be one of NFC, NFD, NFKC, NFKD."),
        };
    }
}
