using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Toil.Values;

/// <summary>Turns C# objects into values and back.</summary>
internal static class ClrValues
{
    private const int MaxDepth = 128;

    /// <exception cref="ToilException">A part of it can't be kept; the message names the path to it.</exception>
    public static UnboundValue Encode(object? value)
    {
        var writer = new ValueWriter();
        Write(writer, value, "$", 0);
        return writer.ToValue();
    }

    /// <summary>The object as the type that a parameter or property asks for.</summary>
    public static object? Convert(object? node, Type type)
    {
        var wanted = Nullable.GetUnderlyingType(type) ?? type;
        return node switch
        {
            _ when typeof(IPromised).IsAssignableFrom(wanted) => Promised.Wrap(node, wanted),
            null => wanted.IsValueType && wanted == type ? Activator.CreateInstance(type) : null,
            Leaf { Kind: Leaf.Json } leaf => JsonLeaf.Read(leaf, wanted),
            _ when wanted == typeof(object) || wanted.IsInstanceOfType(node) => node,
            string text when wanted.IsEnum => Enum.Parse(wanted, text),
            string text when wanted == typeof(Guid) => Guid.Parse(text),
            string text when wanted == typeof(DateTimeOffset) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture),
            string text when wanted == typeof(ByteSize) => ByteSize.Parse(text),
            string { Length: 1 } text when wanted == typeof(char) => text[0],
            long number when wanted == typeof(ByteSize) => new ByteSize(number),
            List<object?> items => ConvertList(items, wanted),
            OrderedDictionary<string, object?> entries => ConvertMap(entries, wanted),
            IConvertible convertible when typeof(IConvertible).IsAssignableFrom(wanted) =>
                convertible.ToType(wanted, CultureInfo.InvariantCulture),
            _ => throw new ToilException($"A value of type {node.GetType().Name} was given where {type.Name} is expected."),
        };
    }

    private static void Write(ValueWriter writer, object? value, string path, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new ToilException($"{path} is nested deeper than {MaxDepth} levels, or contains itself. Return a flatter value, or write it to a file.");
        }

        switch (value)
        {
            case null: writer.WriteNull(); break;
            case bool flag: writer.WriteBool(flag); break;
            case sbyte or byte or short or ushort or int or uint or long: writer.WriteInt(System.Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            case double or float: writer.WriteReal(System.Convert.ToDouble(value, CultureInfo.InvariantCulture)); break;
            case string text: writer.WriteString(text); break;
            case char or Enum or Guid: writer.WriteString(value.ToString()!); break;
            case byte[] bytes: writer.WriteBytes(bytes); break;
            case FileId file: writer.WriteFile(file); break;
            case ByteSize size: writer.WriteSize(size); break;
            case IPromised promised: Write(writer, promised.Content, path, depth); break;
            case Promise promise: writer.WritePromise(promise); break;
            case Job job: writer.WritePromise(job.Rv()); break;
            case Leaf leaf: writer.WriteLeaf(leaf); break;
            case IDictionary { } map: WriteMap(writer, map, path, depth); break;
            case ICollection list: WriteList(writer, list, list.Count, path, depth); break;
            case IEnumerable items when IsSequence(value.GetType()):
                var all = items.Cast<object?>().ToList();
                WriteList(writer, all, all.Count, path, depth);
                break;
            default: writer.WriteLeaf(JsonLeaf.Write(value, path)); break;
        }
    }

    private static void WriteList(ValueWriter writer, IEnumerable items, int count, string path, int depth)
    {
        writer.BeginList(count);
        var index = 0;
        foreach (var item in items)
        {
            Write(writer, item, $"{path}[{index++}]", depth + 1);
        }
    }

    private static void WriteMap(ValueWriter writer, IDictionary map, string path, int depth)
    {
        writer.BeginMap(map.Count);
        foreach (DictionaryEntry entry in map)
        {
            var key = entry.Key as string ?? throw new ToilException($"{path} has a key of type {entry.Key.GetType().Name}. Only string keys can be kept.");
            writer.WriteKey(key);
            Write(writer, entry.Value, $"{path}.{key}", depth + 1);
        }
    }

    /// <summary>Whether what it holds is all there is to it: a collection of the system's, or what an iterator method returns.</summary>
    private static bool IsSequence(Type type) =>
        type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true || type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);

    private static object ConvertList(List<object?> items, Type wanted)
    {
        var element = wanted.IsArray ? wanted.GetElementType()! : wanted.GetGenericArguments().FirstOrDefault() ?? typeof(object);
        var array = Array.CreateInstance(element, items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            array.SetValue(Convert(items[i], element), i);
        }

        return wanted.IsAssignableFrom(array.GetType())
            ? array
            : Activator.CreateInstance(wanted, array) ?? throw new ToilException($"A list can't be given as {wanted.Name}.");
    }

    private static object ConvertMap(OrderedDictionary<string, object?> entries, Type wanted)
    {
        var arguments = wanted.GetGenericArguments();
        if (arguments.Length != 2 || arguments[0] != typeof(string))
        {
            throw new ToilException($"A map can't be given as {wanted.Name}; use IDictionary<string, …>.");
        }

        var concrete = wanted.IsInterface ? typeof(Dictionary<,>).MakeGenericType(arguments) : wanted;
        var map = (IDictionary)Activator.CreateInstance(concrete)!;
        foreach (var (key, value) in entries)
        {
            map[key] = Convert(value, arguments[1]);
        }

        return map;
    }
}
