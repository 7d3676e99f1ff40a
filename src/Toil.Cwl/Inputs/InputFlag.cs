using Toil.Cwl.Model;

namespace Toil.Cwl.Inputs;

/// <summary>An option of a command line that sets an input of a process, or a field of one that is a record.</summary>
/// <param name="Path">The names of the input and the fields.</param>
/// <param name="Type">Without null.</param>
/// <param name="IsRequired">Whether there must be a value from somewhere.</param>
/// <param name="Description">The first line of what the document says about it, or nothing.</param>
internal sealed record InputFlag(IReadOnlyList<string> Path, CwlType Type, bool IsRequired, string Description)
{
    /// <summary>Such as <c>sample.reads</c>.</summary>
    public string Name => string.Join('.', Path);

    /// <summary>Whether it stands alone on the command line, without a value.</summary>
    public bool IsSwitch => Type is PrimitiveType { Kind: PrimitiveKind.Boolean };

    /// <summary>Whether it may be given several times.</summary>
    public bool IsList => Type is ArrayType;

    /// <summary>As it is written, with one dash before a single letter.</summary>
    public string Written => Name.Length == 1 ? "-" + Name : "--" + Name;

    /// <summary>All flags of a process. A record has one for each field, and one for the whole.</summary>
    public static List<InputFlag> Of(CwlProcess process)
    {
        var flags = new List<InputFlag>();
        foreach (var input in process.Inputs)
        {
            Add(flags, [input.Name], input.Type, !input.HasDefault, input.Doc ?? input.Label);
        }

        return flags;
    }

    private static void Add(List<InputFlag> flags, IReadOnlyList<string> path, CwlType type, bool isRequired, string? doc)
    {
        isRequired &= !Validation.TypeMatch.AcceptsNull(type);
        type = Validation.TypeMatch.WithoutNull(type);
        var lines = (doc ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        flags.Add(new InputFlag(path, type, isRequired, lines.Length > 0 ? lines[0] : ""));
        foreach (var field in type is RecordType record ? record.Fields : [])
        {
            Add(flags, [.. path, field.Name], field.Type, isRequired, field.Doc ?? field.Label);
        }
    }
}
