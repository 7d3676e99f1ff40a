using System.Text;
using Toil.Cwl.Loading;
using Toil.Cwl.Model;
using Toil.Cwl.Validation;

namespace Toil.Cwl.Inputs;

/// <summary>Reads input values from a command line: each input of a process is an option of its name.</summary>
internal sealed class InputFlags
{
    private static readonly SourcePosition CommandLine = new("command line", 0, 0);

    private readonly Dictionary<string, InputFlag> _flags;
    private readonly string _directory;

    /// <param name="process">Whose inputs.</param>
    /// <param name="directory">What the paths of Files and Directories are relative to.</param>
    public InputFlags(CwlProcess process, string directory)
    {
        _directory = directory;
        _flags = InputFlag.Of(process).ToDictionary(flag => flag.Name, StringComparer.Ordinal);
    }

    /// <summary>The lines of a help text that show how each input is set.</summary>
    public static IEnumerable<string> Help(CwlProcess process)
    {
        var flags = InputFlag.Of(process);
        var written = flags.ConvertAll(flag => flag.IsSwitch ? flag.Written : $"{flag.Written} <{TypeText.Of(flag.Type is ArrayType array ? array.Items : flag.Type)}>");
        var width = Math.Min(36, written.Select(text => text.Length).DefaultIfEmpty(0).Max());
        for (var i = 0; i < flags.Count; i++)
        {
            var notes = (flags[i].IsList ? "May be given several times. " : "") + (flags[i].IsRequired ? "Required." : "");
            yield return $"  {written[i].PadRight(width)}  {$"{flags[i].Description} {notes}".Trim()}".TrimEnd();
        }
    }

    /// <summary>The values that a command line gives.</summary>
    /// <param name="arguments">Such as <c>--reads a.fq --reads b.fq --paired</c>.</param>
    /// <returns>Only the inputs that are given.</returns>
    /// <exception cref="CwlException">There is no such input, or a value is not of its type; all errors are in it.</exception>
    public OrderedDictionary<string, object?> Parse(IReadOnlyList<string> arguments)
    {
        var problems = new ProblemList();
        var given = new OrderedDictionary<InputFlag, List<string>>();
        for (var i = 0; i < arguments.Count; i++)
        {
            if (Find(arguments[i], out var isOff, out var text) is not { } flag)
            {
                problems.Error(CommandLine, $"The process has no input for '{arguments[i]}'.{Suggestion.For(arguments[i].TrimStart('-').Split('=')[0], _flags.Keys)}");
                continue;
            }

            if (text is null && !flag.IsSwitch && ++i == arguments.Count)
            {
                problems.Error(CommandLine, $"{flag.Written} needs a value: {TypeText.Of(flag.Type)}.");
                break;
            }

            text ??= flag.IsSwitch ? isOff ? "false" : "true" : arguments[i];
            (given.TryGetValue(flag, out var texts) ? texts : given[flag] = []).Add(text);
        }

        var values = new OrderedDictionary<string, object?>();
        foreach (var (flag, texts) in given)
        {
            Set(values, flag, texts, problems);
        }

        problems.ThrowIfAny();
        return values;
    }

    /// <summary>The flag that an argument is, and its value if that stands behind <c>=</c>.</summary>
    private InputFlag? Find(string argument, out bool isOff, out string? value)
    {
        (isOff, value) = (false, null);
        if (!argument.StartsWith('-'))
        {
            return null;
        }

        var name = argument.StartsWith("--", StringComparison.Ordinal) ? argument[2..] : argument[1..];
        if (name.IndexOf('=', StringComparison.Ordinal) is var equals and > 0)
        {
            (name, value) = (name[..equals], name[(equals + 1)..]);
        }

        if (_flags.TryGetValue(name, out var flag))
        {
            return flag;
        }

        isOff = name.StartsWith("no-", StringComparison.Ordinal);
        return isOff && value is null && _flags.TryGetValue(name[3..], out flag) && flag.IsSwitch ? flag : null;
    }

    private void Set(OrderedDictionary<string, object?> values, InputFlag flag, List<string> texts, ProblemList problems)
    {
        if (Convert(flag, texts) is not var (value, _))
        {
            problems.Error(CommandLine, texts.Count > 1 && !flag.IsList
                ? $"{flag.Written} may be given once only."
                : $"{flag.Written} takes {TypeText.Of(flag.Type)}; found '{string.Join("', '", texts)}'.");
            return;
        }

        var owner = values;
        foreach (var name in flag.Path.SkipLast(1))
        {
            if (!owner.TryGetValue(name, out var inner) || inner is not OrderedDictionary<string, object?>)
            {
                owner[name] = inner = new OrderedDictionary<string, object?>();
            }

            owner = (OrderedDictionary<string, object?>)inner;
        }

        owner[flag.Path[^1]] = value;
    }

    /// <summary>Several texts are the items of a list; one may also be a whole list in JSON.</summary>
    private (object? Value, bool)? Convert(InputFlag flag, List<string> texts)
    {
        if (flag.Type is not ArrayType array)
        {
            return texts.Count == 1 ? Convert(flag.Type, texts[0]) : null;
        }

        if (texts is [['[', ..] json] && Structured(json) is List<object?> whole && ValueChecker.Fits(array, whole))
        {
            return (whole, true);
        }

        var items = new List<object?>();
        foreach (var text in texts)
        {
            if (Convert(array.Items, text) is not var (item, _))
            {
                return null;
            }

            items.Add(item);
        }

        return (items, true);
    }

    /// <summary>What a text means as a type; of several types, the first that it can be.</summary>
    private (object? Value, bool)? Convert(CwlType type, string text)
    {
        switch (type)
        {
            case PrimitiveType { Kind: PrimitiveKind.File or PrimitiveKind.Directory } file:
                return (new OrderedDictionary<string, object?> { ["class"] = file.Kind.ToString(), ["location"] = Locate(text) }, true);
            case PrimitiveType { Kind: PrimitiveKind.String }:
                return (text, true);
            case PrimitiveType { Kind: not PrimitiveKind.Any } primitive:
                var value = PlainScalar.Resolve(text.Trim());
                return ValueChecker.Fits(primitive, value) ? (value, true) : null;
            case EnumType symbols:
                return symbols.Symbols.Contains(text) ? (text, true) : null;
            case UnionType union:
                return union.Options.OrderBy(option => option is PrimitiveType { Kind: PrimitiveKind.String or PrimitiveKind.Any }).Select(option => Convert(option, text)).FirstOrDefault(found => found is not null);
            default:
                var structured = Structured(text);
                return ValueChecker.Fits(type, structured) ? (structured, true) : null;
        }
    }

    /// <summary>A value in JSON or YAML; null if the text is neither.</summary>
    private object? Structured(string text)
    {
        try
        {
            return Literals.Read(YamlReader.Read(Encoding.UTF8.GetBytes(text), new SourceDocument(FileUri.Of(Path.Combine(_directory, "command line")))));
        }
        catch (CwlException)
        {
            // What is expected there, the caller says better.
            return null;
        }
    }

    private string Locate(string text) => text.Contains("://", StringComparison.Ordinal) ? text : FileUri.Of(Path.Combine(_directory, text));
}
