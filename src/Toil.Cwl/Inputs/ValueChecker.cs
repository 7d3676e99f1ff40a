using System.Globalization;
using Toil.Cwl.Model;

namespace Toil.Cwl.Inputs;

/// <summary>A value that is not what its type says.</summary>
/// <param name="Path">Fields and indexes from the checked value to the one that is wrong.</param>
/// <param name="Message">What was expected and what was found.</param>
internal readonly record struct ValueMismatch(IReadOnlyList<object> Path, string Message)
{
    public override string ToString() => Path.Count == 0 ? Message : $"{PathText}: {Message}";

    /// <summary>Such as <c>.reads[2].size</c>.</summary>
    public string PathText => string.Concat(Path.Select(step => step is int index ? string.Create(CultureInfo.InvariantCulture, $"[{index}]") : $".{step}"));
}

/// <summary>Checks values against types: inputs before a process runs, outputs after it.</summary>
internal static class ValueChecker
{
    /// <summary>What <c>contents</c> of a File may have, in bytes.</summary>
    public const int ContentsLimit = 64 * 1024;

    /// <returns>The first mismatch, or null if the value fits.</returns>
    public static ValueMismatch? Check(CwlType type, object? value)
    {
        var path = new List<object>();
        return Explain(type, value, path) is { } message ? new ValueMismatch([.. path], message) : null;
    }

    /// <summary>The same for what a process gives: there, Any may also be nothing.</summary>
    public static ValueMismatch? CheckOutput(CwlType type, object? value) =>
        value is null && type is PrimitiveType { Kind: PrimitiveKind.Any } ? null : Check(type, value);

    public static bool Fits(CwlType type, object? value) => Explain(type, value, []) is null;

    /// <param name="type">What is expected.</param>
    /// <param name="value">What there is.</param>
    /// <param name="path">Leads to the value; after a mismatch, to what is wrong in it.</param>
    private static string? Explain(CwlType type, object? value, List<object> path) => type switch
    {
        PrimitiveType primitive => FitsPrimitive(primitive.Kind, value) ? ExplainFile(value, path) : Expected(type, value),
        ArrayType array => value is List<object?> list ? ExplainItems(array, list, path) : Expected(type, value),
        EnumType symbols => value is string symbol && symbols.Symbols.Contains(symbol) ? null : Expected(new EnumType(null, symbols.Symbols), value),
        RecordType record => value is OrderedDictionary<string, object?> fields ? ExplainFields(record, fields, path) : Expected(type, value),
        UnionType union => ExplainUnion(union, value, path),
        _ => throw new ArgumentException($"{type.GetType().Name} can't be checked.", nameof(type)),
    };

    private static bool FitsPrimitive(PrimitiveKind kind, object? value) => kind switch
    {
        PrimitiveKind.Null => value is null,
        PrimitiveKind.Boolean => value is bool,
        PrimitiveKind.Int => value is long and >= int.MinValue and <= int.MaxValue,
        PrimitiveKind.Long => value is long,
        PrimitiveKind.Float or PrimitiveKind.Double => value is long or double,
        PrimitiveKind.String => value is string,
        PrimitiveKind.File => ClassOf(value) == "File",
        PrimitiveKind.Directory => ClassOf(value) == "Directory",
        _ => value is not null,
    };

    private static string? ExplainItems(ArrayType array, List<object?> list, List<object> path)
    {
        for (var i = 0; i < list.Count; i++)
        {
            path.Add(i);
            if (Explain(array.Items, list[i], path) is { } message)
            {
                return message;
            }

            path.RemoveAt(path.Count - 1);
        }

        return null;
    }

    private static string? ExplainFields(RecordType record, OrderedDictionary<string, object?> fields, List<object> path)
    {
        foreach (var field in record.Fields)
        {
            path.Add(field.Name);
            var isThere = fields.TryGetValue(field.Name, out var value);
            if (Explain(field.Type, value, path) is { } message)
            {
                return isThere ? message : $"the field is missing; expected {TypeText.Of(field.Type)}.";
            }

            path.RemoveAt(path.Count - 1);
        }

        return null;
    }

    /// <summary>If only one option could be meant, what is wrong with that one says more than that none fits.</summary>
    private static string? ExplainUnion(UnionType union, object? value, List<object> path)
    {
        string? closest = null;
        List<object> closestPath = [];
        foreach (var option in union.Options)
        {
            var depth = path.Count;
            if (Explain(option, value, path) is not { } message)
            {
                return null;
            }

            if (path.Count > depth || (option is RecordType && value is OrderedDictionary<string, object?>))
            {
                (closest, closestPath) = (closest is null ? message : Expected(union, value), [.. path]);
            }

            path.RemoveRange(depth, path.Count - depth);
        }

        if (closest is not null && union.Options.Count(option => option is not PrimitiveType { Kind: PrimitiveKind.Null }) == 1)
        {
            path.Clear();
            path.AddRange(closestPath);
            return closest;
        }

        return Expected(union, value);
    }

    /// <summary>Whether a File or Directory says where its data is, and what stands in it is of the right kind.</summary>
    private static string? ExplainFile(object? value, List<object> path)
    {
        if (value is not OrderedDictionary<string, object?> map || ClassOf(value) is not ("File" or "Directory"))
        {
            return null;
        }

        var isFile = ClassOf(value) == "File";
        if (!Has(map, "location") && !Has(map, "path") && !Has(map, isFile ? "contents" : "listing"))
        {
            return isFile ? "a File needs a 'location', a 'path' or 'contents'." : "a Directory needs a 'location', a 'path' or a 'listing'.";
        }

        if (isFile && Has(map, "contents"))
        {
            if (map["contents"] is not string contents)
            {
                return $"the 'contents' of a File must be a text; found {Describe(map["contents"])}.";
            }

            if (!Has(map, "location") && !Has(map, "path") && System.Text.Encoding.UTF8.GetByteCount(contents) > ContentsLimit)
            {
                return $"the 'contents' of a File may have {ContentsLimit} bytes; write a longer text to a file.";
            }
        }

        return (Has(map, "basename") && map["basename"] is not string ? $"the 'basename' must be a text; found {Describe(map["basename"])}." : null)
            ?? ExplainParts(map, isFile ? "secondaryFiles" : "listing", path);
    }

    private static string? ExplainParts(OrderedDictionary<string, object?> map, string name, List<object> path)
    {
        if (!Has(map, name))
        {
            return null;
        }

        path.Add(name);
        if (map[name] is not List<object?> parts)
        {
            return $"expected a list of Files and Directories; found {Describe(map[name])}.";
        }

        for (var i = 0; i < parts.Count; i++)
        {
            path.Add(i);
            if (ClassOf(parts[i]) is not ("File" or "Directory"))
            {
                return $"expected a File or Directory; found {Describe(parts[i])}.";
            }

            if (ExplainFile(parts[i], path) is { } message)
            {
                return message;
            }

            path.RemoveAt(path.Count - 1);
        }

        path.RemoveAt(path.Count - 1);
        return null;
    }

    private static bool Has(OrderedDictionary<string, object?> map, string name) => map.TryGetValue(name, out var value) && value is not null;

    private static string? ClassOf(object? value) => value is OrderedDictionary<string, object?> map && map.TryGetValue("class", out var name) ? name as string : null;

    private static string Expected(CwlType type, object? value) => $"expected {TypeText.Of(type)}; found {Describe(value)}.";

    private static string Describe(object? value) => value switch
    {
        null => "nothing",
        bool flag => flag ? "true" : "false",
        long or double => string.Create(CultureInfo.InvariantCulture, $"{value}"),
        string text => text.Length > 60 ? $"the text '{text.AsSpan(0, 60)}…'" : $"the text '{text}'",
        List<object?> list => string.Create(CultureInfo.InvariantCulture, $"a list of {list.Count}"),
        _ => ClassOf(value) is { } name ? $"a {name}" : "a mapping",
    };
}
