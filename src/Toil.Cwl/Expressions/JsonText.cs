using System.Globalization;
using System.Text;

namespace Toil.Cwl.Expressions;

/// <summary>Values as JSON text where they become part of a text or a file: keys in order of their names, a space behind commas and colons, ASCII only, as CWL's reference runner writes it.</summary>
internal static class JsonText
{
    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    private static void Write(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null: text.Append("null"); break;
            case bool flag: text.Append(flag ? "true" : "false"); break;
            case int or long: text.Append(CultureInfo.InvariantCulture, $"{value}"); break;
            case double number: text.Append(NumberText.OfJson(number)); break;
            case string content: WriteString(text, content); break;
            case FileId file: WriteString(text, FileLocations.ToUri(file)); break;
            case List<object?> list: WriteList(text, list); break;
            case OrderedDictionary<string, object?> map: WriteMap(text, map); break;
            default: throw new ToilException($"A {value.GetType().Name} can't be written as JSON.");
        }
    }

    private static void WriteList(StringBuilder text, List<object?> list)
    {
        text.Append('[');
        for (var i = 0; i < list.Count; i++)
        {
            text.Append(i > 0 ? ", " : "");
            Write(text, list[i]);
        }

        text.Append(']');
    }

    private static void WriteMap(StringBuilder text, OrderedDictionary<string, object?> map)
    {
        text.Append('{');
        var isFirst = true;
        foreach (var (key, item) in map.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            text.Append(isFirst ? "" : ", ");
            isFirst = false;
            WriteString(text, key);
            text.Append(": ");
            Write(text, item);
        }

        text.Append('}');
    }

    private static void WriteString(StringBuilder text, string content)
    {
        text.Append('"');
        foreach (var letter in content)
        {
            switch (letter)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case '\b': text.Append("\\b"); break;
                case '\f': text.Append("\\f"); break;
                case < ' ' or > '~': text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"); break;
                default: text.Append(letter); break;
            }
        }

        text.Append('"');
    }
}
