using System.Globalization;
using System.Text;

namespace Toil.JavaScript.BuiltIns;

/// <summary>JSON.stringify.</summary>
internal sealed class JsonWriter(Realm realm)
{
    private readonly StringBuilder text = new();
    private readonly HashSet<JsObject> open = [];
    private string lineStart = "\n";

    public string Indent { get; init; } = "";

    public JsFunction? Replacer { get; set; }

    /// <summary>The only keys to write, in their order.</summary>
    public List<PropertyKey>? Allowed { get; set; }

    public static string? Write(Realm realm, JsValue value) => new JsonWriter(realm).Write(value);

    /// <summary>For console output: never throws what a script could catch.</summary>
    public static string Display(Realm realm, JsValue value)
    {
        var frame = realm.Frame;
        try
        {
            return value.Object is JsError error ? ErrorBuiltIns.Describe(error) : Write(realm, value) ?? "undefined";
        }
        catch (JsThrow)
        {
            realm.Frame = frame;
            return Js.Display(value);
        }
    }

    /// <summary>Null when the value has no JSON: undefined, functions and symbols.</summary>
    public string? Write(JsValue value)
    {
        var holder = new JsObject(realm.ObjectPrototype);
        holder.Put("", value);
        return WriteProperty(holder, "", value) ? text.ToString() : null;
    }

    /// <summary>Quotes by the rules of JSON; lone surrogates are escaped.</summary>
    public static void Quote(StringBuilder target, string value)
    {
        target.Append('"');
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            var special = "\"\\\b\f\n\r\t".IndexOf(c, StringComparison.Ordinal);
            if (special >= 0)
            {
                target.Append('\\').Append("\"\\bfnrt"[special]);
            }
            else if (c < ' ' || (char.IsSurrogate(c) && !IsPaired(value, i)))
            {
                target.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
            else
            {
                target.Append(c);
            }
        }
        target.Append('"');
    }

    private static bool IsPaired(string value, int i) => char.IsHighSurrogate(value[i])
        ? i + 1 < value.Length && char.IsLowSurrogate(value[i + 1])
        : i > 0 && char.IsHighSurrogate(value[i - 1]);

    private bool WriteProperty(JsObject holder, PropertyKey key, JsValue value)
    {
        Realm.EnsureStack();
        realm.Tick();
        value = Prepare(holder, key, value);
        if (value.IsUndefined || value.Function is not null || value.Ref is JsSymbol)
        {
            return false;
        }
        if (value.Object is { } target)
        {
            WriteObject(target);
        }
        else if (value.IsString)
        {
            var content = value.Text;
            Reserve(content.Length + 2);
            Quote(text, content);
        }
        else
        {
            var word = value.IsNumber && !double.IsFinite(value.Num) ? "null" : Js.ToString(value);
            Reserve(word.Length);
            text.Append(word);
        }
        return true;
    }

    private JsValue Prepare(JsObject holder, PropertyKey key, JsValue value)
    {
        if (value.Object?.Get("toJSON").Function is { } convert)
        {
            value = convert.Call(value, [key.Value]);
        }
        if (Replacer is not null)
        {
            value = Replacer.Call(holder, [key.Value, value]);
        }
        return value.Ref switch
        {
            JsBoxed { Primitive.IsNumber: true } => Js.ToNumber(value),
            JsBoxed { Primitive.IsString: true } => Js.ToString(value),
            JsBoxed { Primitive.IsBoolean: true } boxed => boxed.Primitive,
            _ => value,
        };
    }

    private void WriteObject(JsObject target)
    {
        if (!open.Add(target))
        {
            throw Errors.Type("Converting circular structure to JSON");
        }
        var outer = lineStart;
        lineStart += Indent;
        if (ArrayBuiltIns.IsArray(target))
        {
            WriteElements((JsArray)target, outer);
        }
        else
        {
            WriteMembers(target, outer);
        }
        lineStart = outer;
        open.Remove(target);
    }

    private void WriteElements(JsArray array, string outer)
    {
        text.Append('[');
        for (var i = 0L; i < array.Length; i++)
        {
            Separate(i == 0);
            if (!WriteProperty(array, Js.IndexKey(i), array.GetIndex(i)))
            {
                text.Append("null");
            }
        }
        Finish(']', array.Length == 0, outer);
    }

    private void WriteMembers(JsObject target, string outer)
    {
        text.Append('{');
        var isEmpty = true;
        foreach (var key in Allowed ?? [.. target.EnumerableKeys()])
        {
            var start = text.Length;
            Separate(isEmpty);
            Reserve(key.Name.Length + 3);
            Quote(text, key.Name);
            text.Append(Indent.Length > 0 ? ": " : ":");
            if (WriteProperty(target, key, target.Get(key)))
            {
                isEmpty = false;
            }
            else
            {
                text.Length = start;
            }
        }
        Finish('}', isEmpty, outer);
    }

    private void Separate(bool first)
    {
        Reserve(1 + lineStart.Length);
        if (!first)
        {
            text.Append(',');
        }
        if (Indent.Length > 0)
        {
            text.Append(lineStart);
        }
    }

    private void Finish(char close, bool isEmpty, string outer)
    {
        if (Indent.Length > 0 && !isEmpty)
        {
            text.Append(outer);
        }
        text.Append(close);
    }

    private void Reserve(int characters)
    {
        realm.CheckLength((text.Length + (long)characters) * 2);
        realm.Charge(characters * 2L);
    }
}
