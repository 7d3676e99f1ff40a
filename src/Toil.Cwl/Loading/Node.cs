using Toil.Cwl.Model;

namespace Toil.Cwl.Loading;

/// <summary>A part of a YAML or JSON document, with its place. Trees are immutable and may share parts (aliases, imports).</summary>
internal abstract class Node(SourceDocument document, int line, int column)
{
    /// <summary>The file that it was written in, which is not that of its parent if it was imported.</summary>
    public SourceDocument Document { get; } = document;

    public int Line { get; } = line;

    public int Column { get; } = column;

    public SourcePosition Position => new(Document.Name, Line, Column);

    /// <summary>How many nodes this is if each shared part is counted where it is used.</summary>
    public int Weight { get; protected set; } = 1;

    /// <summary>The depth of the tree below, itself included.</summary>
    public int Height { get; protected set; } = 1;

    /// <summary>Whether something in it begins with <c>$import</c>, <c>$include</c> or <c>$mixin</c>.</summary>
    public bool HasDirectives { get; protected set; }

    /// <summary>What error messages say was found, such as <c>the text 'x'</c>.</summary>
    public abstract string Description { get; }

    /// <summary>The plain value: null, bool, long, double, string, list or map.</summary>
    public abstract object? ToValue();

    /// <exception cref="CwlException">A tree with the part in it were too large or too deep.</exception>
    protected void Adopt(Node part)
    {
        Weight = Math.Min(int.MaxValue / 2, Weight) + part.Weight;
        Height = Math.Max(Height, part.Height + 1);
        HasDirectives |= part.HasDirectives;
        if (Weight > NodeLimits.Weight)
        {
            throw new CwlException(part.Position, $"The document is too large: with its aliases and imports expanded it has more than {NodeLimits.Weight} values.");
        }

        if (Height > NodeLimits.Height)
        {
            throw new CwlException(part.Position, $"The document is nested too deeply; {NodeLimits.Height} levels are allowed.");
        }
    }
}

internal static class NodeLimits
{
    /// <summary>Values in a document once it is expanded: what a bomb of aliases may cost, and far more than the largest written ones.</summary>
    public const int Weight = 5_000_000;

    /// <summary>Levels of nesting. Walks over the tree are recursive, on stacks of a megabyte.</summary>
    public const int Height = 200;
}

/// <param name="document">Its file.</param>
/// <param name="line">From 1.</param>
/// <param name="column">From 1.</param>
/// <param name="text">Without quotes and escapes.</param>
/// <param name="value">What the text stands for.</param>
internal sealed class ScalarNode(SourceDocument document, int line, int column, string text, object? value) : Node(document, line, column)
{
    public string Text { get; } = text;

    public object? Value { get; } = value;

    public override string Description => Value switch
    {
        null => "nothing",
        bool or long or double => Text,
        _ => Text.Length > 60 ? $"the text '{Text.AsSpan(0, 60)}…'" : $"the text '{Text}'",
    };

    public override object? ToValue() => Value;
}

internal sealed class ListNode : Node
{
    public ListNode(SourceDocument document, int line, int column, IReadOnlyList<Node> items)
        : base(document, line, column)
    {
        Items = items;
        foreach (var item in items)
        {
            Adopt(item);
        }
    }

    public IReadOnlyList<Node> Items { get; }

    public override string Description => "a list";

    public override object ToValue()
    {
        var values = new List<object?>(Items.Count);
        foreach (var item in Items)
        {
            values.Add(item.ToValue());
        }

        return values;
    }
}
