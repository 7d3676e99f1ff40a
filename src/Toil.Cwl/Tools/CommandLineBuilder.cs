using Toil.Cwl.Expressions;
using Toil.Cwl.Files;
using Toil.Cwl.Loading;
using Toil.Cwl.Model;

namespace Toil.Cwl.Tools;

/// <summary>Builds a tool's command line from its bindings. CWL 1.2, CommandLineTool, section 4.1.</summary>
/// <param name="evaluate">Evaluates a text with a value as <c>self</c>.</param>
internal sealed class CommandLineBuilder(Func<CwlText, object?, object?> evaluate)
{
    private readonly List<Bound> _bound = [];

    /// <param name="tool">The tool.</param>
    /// <param name="inputs">Its prepared inputs.</param>
    public List<CommandWord> Build(CommandLineTool tool, OrderedDictionary<string, object?> inputs)
    {
        for (var i = 0; i < tool.Arguments.Count; i++)
        {
            var argument = tool.Arguments[i];
            _bound.Add(new Bound(SortKey.Empty.With(PositionOf(argument, null)).With(i), argument, null));
        }

        foreach (var input in tool.Inputs)
        {
            Bind(SortKey.Empty, input.Name, input.Type, input.Binding, inputs.GetValueOrDefault(input.Name));
        }

        var words = tool.BaseCommand.Select(word => new CommandWord(word)).ToList();
        foreach (var (_, binding, value) in _bound.OrderBy(bound => bound.Key))
        {
            words.AddRange(WordsOf(binding, value));
        }

        return words;
    }

    /// <summary>Adds a value and what is inside it.</summary>
    /// <param name="parent">The key of what it is inside of.</param>
    /// <param name="name">The last part of its own key.</param>
    /// <param name="type">Its type.</param>
    /// <param name="binding">How it is bound, or null.</param>
    /// <param name="value">The value; null is never bound.</param>
    private void Bind(SortKey parent, string name, CwlType type, CommandLineBinding? binding, object? value)
    {
        if (value is null)
        {
            return;
        }

        var key = binding is null ? parent : Add(parent, name, binding, value);
        if (binding?.ValueFrom is null)
        {
            BindParts(key, name, ValueTypes.Choose(type, value), binding, value);
        }
    }

    private SortKey Add(SortKey parent, string name, CommandLineBinding binding, object value)
    {
        var key = parent.With(PositionOf(binding, value)).With(name);
        _bound.Add(new Bound(key, binding, value));
        return key;
    }

    private void BindParts(SortKey key, string name, CwlType type, CommandLineBinding? outer, object value)
    {
        switch (type, value)
        {
            case (ArrayType array, List<object?> items) when array.Binding is not null || outer is not { ItemSeparator: not null }:
                BindItems(outer is null && array.Binding is { } own ? key.With(PositionOf(own, value)).With(name) : key, name, array, outer, items);
                break;
            case (RecordType record, OrderedDictionary<string, object?> fields):
                var parent = record.Binding is null ? key : Add(key, name, record.Binding, value);
                foreach (var field in record.Fields)
                {
                    Bind(parent, field.Name, field.Type, field.Binding, fields.GetValueOrDefault(field.Name));
                }

                break;
            case (EnumType { Binding: { } binding }, _):
                Add(key, name, binding, value);
                break;
            default:
                break;
        }
    }

    /// <summary>Items of a bound list are bound like it, without its prefix.</summary>
    private void BindItems(SortKey key, string name, ArrayType array, CommandLineBinding? outer, List<object?> items)
    {
        var binding = array.Binding ?? (outer is null ? null : new CommandLineBinding { Position = outer.Position, ShellQuote = outer.ShellQuote });
        for (var i = 0; i < items.Count; i++)
        {
            Bind(key.With(i), name, array.Items, binding, items[i]);
        }
    }

    private long PositionOf(CommandLineBinding binding, object? self) => binding.SortKey switch
    {
        null => 0,
        int number => number,
        long number => number,
        CwlText text => evaluate(text, self) switch
        {
            long number => number,
            null => 0,
            var other => throw new CwlException(text.Position, $"The position should be an integer, but is {ValueWords.Describe(other)}."),
        },
        var other => throw new CwlException(binding.Position, $"The position should be an integer, but is {ValueWords.Describe(other)}."),
    };

    private IEnumerable<CommandWord> WordsOf(CommandLineBinding binding, object? value)
    {
        if (binding.ValueFrom is { } text)
        {
            value = evaluate(text, value);
        }

        var words = value switch
        {
            null or false => [],
            true => PrefixOf(binding),
            List<object?> { Count: 0 } => [],
            List<object?> list when binding.ItemSeparator is { } separator => Join(binding, string.Join(separator, list.Select(item => ToText(item, binding)))),
            List<object?> list => [.. PrefixOf(binding), .. binding.ValueFrom is null ? [] : list.Select(item => ToText(item, binding))],
            OrderedDictionary<string, object?> map when !FileValues.IsFileOrDirectory(map, out _) => PrefixOf(binding),
            _ => Join(binding, ToText(value, binding)),
        };
        return words.Select(word => new CommandWord(word, binding.ShellQuote));
    }

    private static string[] PrefixOf(CommandLineBinding binding) => binding.Prefix is { } prefix ? [prefix] : [];

    private static string[] Join(CommandLineBinding binding, string text) =>
        binding.Prefix is not { } prefix ? [text]
        : binding.Separate ? [prefix, text]
        : [prefix + text];

    private static string ToText(object? value, CommandLineBinding binding) => value switch
    {
        string text => text,
        double number => NumberText.OfArgument(number),
        OrderedDictionary<string, object?> map when FileValues.IsFileOrDirectory(map, out _) =>
            map.GetValueOrDefault("path") as string ?? throw new CwlException(binding.Position, $"The {FileValues.ClassOf(map)} '{FileValues.BasenameOf(map)}' has no path: only inputs have one. Bind an input instead."),
        _ => JsonText.Of(value),
    };

    private sealed record Bound(SortKey Key, CommandLineBinding Binding, object? Value);
}
