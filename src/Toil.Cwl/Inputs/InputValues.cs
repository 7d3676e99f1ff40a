using System.Collections;
using Toil.Cwl.Files;
using Toil.Cwl.Model;
using Record = System.Collections.Generic.OrderedDictionary<string, object?>;

namespace Toil.Cwl.Inputs;

/// <summary>Makes values of CWL of what programs in other languages give as inputs.</summary>
internal static class InputValues
{
    /// <summary>A <see cref="FileId"/> or <see cref="FileInfo"/> becomes a File, a <see cref="DirectoryInfo"/> a Directory; promises stay what they are.</summary>
    public static object? Of(object? value) => value switch
    {
        FileId file => new Record { ["class"] = "File", ["location"] = file, ["basename"] = file.Name, ["size"] = file.Size },
        FileInfo file => FileAt(file.FullName),
        DirectoryInfo directory => DirectoryAt(directory.FullName),
        Record { Count: > 0 } map when FileValues.IsFile(map) && map.GetValueOrDefault("location") is FileId => map,
        IDictionary map => new Record(map.Keys.Cast<object>().Select(key => KeyValuePair.Create(key.ToString()!, Of(map[key])))),
        string or Promise or Job => value,
        ByteSize size => size.Bytes,
        IEnumerable items => items.Cast<object?>().Select(Of).ToList(),
        _ => value,
    };

    /// <summary>As <see cref="Of"/>; where the process wants a File or a Directory, a string is its path or URL.</summary>
    /// <param name="process">Whose inputs they are.</param>
    /// <param name="inputs">Values by name.</param>
    /// <param name="baseDirectory">What paths are relative to.</param>
    public static Record For(CwlProcess process, IDictionary inputs, string baseDirectory)
    {
        var values = (Record)Of(inputs)!;
        foreach (var input in process.Inputs)
        {
            if (values.TryGetValue(input.Name, out var value))
            {
                values[input.Name] = Located(value, input.Type, baseDirectory);
            }
        }

        return values;
    }

    private static object? Located(object? value, CwlType type, string baseDirectory) => (value, type) switch
    {
        (string path, _) when Takes(type, PrimitiveKind.String) || Takes(type, PrimitiveKind.Any) => path,
        (string path, _) when Takes(type, PrimitiveKind.File) => path.Contains("://", StringComparison.Ordinal)
            ? new Record { ["class"] = "File", ["location"] = path }
            : FileAt(Path.GetFullPath(path, baseDirectory)),
        (string path, _) when Takes(type, PrimitiveKind.Directory) => DirectoryAt(Path.GetFullPath(path, baseDirectory)),
        (List<object?> items, UnionType union) when union.Options.OfType<ArrayType>().FirstOrDefault() is { } array => Located(items, array, baseDirectory),
        (List<object?> items, ArrayType array) => items.Select(item => Located(item, array.Items, baseDirectory)).ToList(),
        _ => value,
    };

    private static bool Takes(CwlType type, PrimitiveKind kind) => type switch
    {
        PrimitiveType primitive => primitive.Kind == kind,
        UnionType union => union.Options.Any(option => Takes(option, kind)),
        EnumType => kind == PrimitiveKind.String,
        _ => false,
    };

    private static Record FileAt(string path) => new() { ["class"] = "File", ["location"] = LocalFiles.ToUri(path), ["basename"] = Path.GetFileName(path) };

    private static Record DirectoryAt(string path) => new() { ["class"] = "Directory", ["location"] = LocalFiles.ToUri(path), ["basename"] = Path.GetFileName(path) };
}
