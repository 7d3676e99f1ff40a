namespace Toil.JavaScript.BuiltIns;

internal static class RegExpBuiltIns
{
    public static void Fill(Realm realm, JsObject prototype)
    {
        realm.Constructor("RegExp", 2, prototype,
            static (r, _, a) => a.At(0).Ref is JsRegExp known && a.At(1).IsUndefined ? known : Make(r, a, r.RegExpPrototype),
            static (r, a, target) => Make(r, a, target.Get("prototype").Object ?? r.RegExpPrototype));
        realm.Method(prototype, "exec", 1, static (_, self, a) =>
        {
            var text = Js.ToString(a.At(0));
            return This(self).Exec(text) is { } match ? This(self).ToResult(match, text) : JsValue.Null;
        });
        realm.Method(prototype, "test", 1, static (_, self, a) => This(self).Exec(Js.ToString(a.At(0))) is not null);
        realm.Method(prototype, "toString", 0, static (_, self, _) => $"/{SourceText(This(self))}/{This(self).Pattern.Flags}");
        realm.Getter(prototype, "source", static (_, self, _) => SourceText(This(self)));
        realm.Getter(prototype, "flags", static (_, self, _) => This(self).Pattern.Flags);
        foreach (var (name, flag) in new[]
        {
            ("global", 'g'), ("ignoreCase", 'i'), ("multiline", 'm'), ("dotAll", 's'), ("unicode", 'u'), ("sticky", 'y'), ("hasIndices", 'd'),
        })
        {
            realm.Getter(prototype, name, (_, self, _) => This(self).Pattern.Has(flag));
        }
    }

    public static JsRegExp Make(Realm realm, JsValue pattern, string flags, JsObject? prototype = null)
    {
        var source = pattern.Ref is JsRegExp known ? known.Pattern.Source : pattern.IsUndefined ? "" : Js.ToString(pattern);
        realm.Charge(source.Length * 8L);
        try
        {
            return new JsRegExp(realm, prototype ?? realm.RegExpPrototype, realm.RegexPattern(source, flags));
        }
        catch (FormatException e)
        {
            throw Errors.Syntax($"Invalid regular expression: /{source}/: {e.Message}");
        }
    }

    private static JsRegExp Make(Realm realm, JsValue[] arguments, JsObject prototype)
    {
        var flags = !arguments.At(1).IsUndefined ? Js.ToString(arguments[1]) : arguments.At(0).Ref is JsRegExp known ? known.Pattern.Flags : "";
        return Make(realm, arguments.At(0), flags, prototype);
    }

    private static JsRegExp This(JsValue self) => self.Ref as JsRegExp ?? throw Errors.Type("RegExp.prototype methods need a RegExp");

    /// <summary>The source so that it could stand between slashes.</summary>
    private static string SourceText(JsRegExp regex)
    {
        var source = regex.Pattern.Source;
        if (source.Length == 0)
        {
            return "(?:)";
        }
        var text = new System.Text.StringBuilder();
        var inClass = false;
        for (var i = 0; i < source.Length; i++)
        {
            var c = source[i];
            if (c == '\\' && i + 1 < source.Length)
            {
                text.Append(c).Append(source[++i]);
                continue;
            }
            inClass = c == '[' || (inClass && c != ']');
            text.Append(c == '/' && !inClass ? "\\/" : c == '\n' ? "\\n" : c.ToString());
        }
        return text.ToString();
    }
}
