using System.Globalization;
using System.Text;

namespace Toil.JavaScript.BuiltIns;

internal ref struct JsonReader
{
    private readonly Realm realm;
    private readonly string text;
    private int position;

    private JsonReader(Realm realm, string text) => (this.realm, this.text) = (realm, text);

    public static JsValue Read(Realm realm, string text)
    {
        var reader = new JsonReader(realm, text);
        var value = reader.ReadValue();
        reader.SkipSpace();
        return reader.position == text.Length ? value : throw reader.Unexpected();
    }

    private JsValue ReadValue()
    {
        Realm.EnsureStack();
        realm.Tick();
        SkipSpace();
        switch (Peek())
        {
            case '{':
                return ReadObject();
            case '[':
                return ReadArray();
            case '"':
                return ReadString();
            case 't':
                return ReadWord("true", true);
            case 'f':
                return ReadWord("false", false);
            case 'n':
                return ReadWord("null", JsValue.Null);
            default:
                return ReadNumber();
        }
    }

    private JsObject ReadObject()
    {
        var result = new JsObject(realm.ObjectPrototype);
        position++;
        SkipSpace();
        if (Peek() == '}')
        {
            position++;
            return result;
        }
        while (true)
        {
            SkipSpace();
            var key = Peek() == '"' ? ReadString() : throw Unexpected();
            SkipSpace();
            Expect(':');
            result.Put(key, ReadValue());
            SkipSpace();
            if (Peek() == '}')
            {
                position++;
                return result;
            }
            Expect(',');
        }
    }

    private JsArray ReadArray()
    {
        var result = new JsArray(realm.ArrayPrototype, [], 0);
        position++;
        SkipSpace();
        if (Peek() == ']')
        {
            position++;
            return result;
        }
        while (true)
        {
            result.Add(ReadValue());
            SkipSpace();
            if (Peek() == ']')
            {
                position++;
                return result;
            }
            Expect(',');
        }
    }

    private string ReadString()
    {
        var start = ++position;
        while (position < text.Length && text[position] is not ('"' or '\\') && text[position] >= ' ')
        {
            position++;
        }
        if (Peek() == '"')
        {
            realm.Charge(24 + ((position - start) * 2L));
            return text[start..position++];
        }
        var result = new StringBuilder(text, start, position - start, Math.Max(16, (position - start) * 2));
        while (Peek() != '"')
        {
            if (position >= text.Length || text[position] < ' ')
            {
                throw Unexpected();
            }
            result.Append(text[position] == '\\' ? ReadEscape() : text[position++]);
        }
        position++;
        realm.Charge(24 + (result.Length * 2L));
        return result.ToString();
    }

    private char ReadEscape()
    {
        position++;
        var c = Peek();
        if (c == 'u' && position + 4 < text.Length
            && ushort.TryParse(text.AsSpan(position + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            position += 5;
            return (char)code;
        }
        var index = "\"\\/bfnrt".IndexOf(c, StringComparison.Ordinal);
        if (index < 0)
        {
            throw Unexpected();
        }
        position++;
        return "\"\\/\b\f\n\r\t"[index];
    }

    private JsValue ReadNumber()
    {
        var start = position;
        position += Peek() == '-' ? 1 : 0;
        if (Peek() == '0')
        {
            position++;
        }
        else
        {
            SkipDigits();
        }
        if (Peek() == '.')
        {
            position++;
            SkipDigits();
        }
        if (Peek() is 'e' or 'E')
        {
            position++;
            position += Peek() is '+' or '-' ? 1 : 0;
            SkipDigits();
        }
        return double.Parse(text.AsSpan(start, position - start), NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private void SkipDigits()
    {
        var start = position;
        while (char.IsAsciiDigit(Peek()))
        {
            position++;
        }
        if (position == start)
        {
            throw Unexpected();
        }
    }

    private JsValue ReadWord(string word, JsValue value)
    {
        foreach (var c in word)
        {
            Expect(c);
        }
        return value;
    }

    private readonly char Peek() => position < text.Length ? text[position] : '\0';

    private void Expect(char c)
    {
        if (Peek() != c)
        {
            throw Unexpected();
        }
        position++;
    }

    private void SkipSpace()
    {
        while (Peek() is ' ' or '\n' or '\r' or '\t')
        {
            position++;
        }
    }

    private readonly JsThrow Unexpected()
    {
        if (position >= text.Length)
        {
            return Errors.Syntax("Unexpected end of JSON input");
        }
        var start = Math.Max(0, position - 10);
        var excerpt = (start > 0 ? "..." : "") + text[start..Math.Min(text.Length, position + 10)] + (position + 10 < text.Length ? "..." : "");
        return Errors.Syntax($"Unexpected token '{text[position]}', \"{excerpt}\" is not valid JSON (at position {position})");
    }
}
